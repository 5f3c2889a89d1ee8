import { createHash } from "node:crypto";
import type { Campaign, Contact, Unit } from "../campaign/campaign.ts";
import type { LocalGroup, LocalPerson } from "./world.ts";

const surnames = "赵钱孙李周吴郑王冯陈";
const stems = "甲乙丙丁戊己庚辛壬癸";

/**
 * Invents the people of a campaign: every contact of every unit, one colleague for each unit who may become its liaison
 * (`<unit>-colleague`), the managers, an outsider (`outsider`), and the bureau's group with all of them. Names and those
 * mobiles that the campaign does not give are obviously made up. Whoever stands for several units is one person.
 */
export function peopleOf(
  campaign: Campaign,
  managerIds: readonly string[],
): { people: LocalPerson[]; groups: LocalGroup[] } {
  const people = new Map<string, LocalPerson>();
  const given = new Set(campaign.units.flatMap((it) => it.contacts.flatMap(mobileOf)));
  const add = (staffId: string, title: string, mobile?: string) => {
    const isKnown =
      people.has(staffId) || (mobile !== undefined && [...people.values()].some((it) => it.mobile === mobile));
    if (isKnown) return;
    const number = people.size;
    people.set(staffId, { staffId, name: inventedName(number), mobile: mobile ?? freeMobile(number, given), title });
  };

  for (const staffId of managerIds) add(staffId, `${campaign.organiser} 管理员`);
  for (const unit of campaign.units) {
    unit.contacts.forEach((contact, index) => {
      add(staffIdOf(contact, unit, index), `${unit.name} 联系人`, mobileOf(contact)[0]);
    });
    add(`${unit.id}-colleague`, `${unit.name} 安全员`);
  }
  const outsider: LocalPerson = {
    staffId: "outsider",
    name: inventedName(people.size),
    title: "外部人员",
    isExternal: true,
  };
  people.set(outsider.staffId, outsider);

  const conversationId = `cid${createHash("sha256").update(campaign.id).digest().subarray(0, 16).toString("base64")}`;
  const group = { conversationId, title: `${campaign.organiser}安全生产月工作群`, memberIds: [...people.keys()] };
  return { people: [...people.values()], groups: [group] };
}

function staffIdOf(contact: Contact, unit: Unit, index: number): string {
  return "staffId" in contact ? contact.staffId : `${unit.id}-contact-${index + 1}`;
}

function mobileOf(contact: Contact): string[] {
  return "mobile" in contact ? [contact.mobile] : [];
}

/** 赵甲, 钱乙 …: a hundred different ones, then numbered. */
function inventedName(number: number): string {
  const round = Math.floor(number / 10);
  const name = `${surnames[number % 10]}${stems[(number + round) % 10]}`;
  return number < 100 ? name : `${name}${Math.floor(number / 100) + 1}`;
}

/** 1990000xxxx, passing over those that the campaign itself uses. */
function freeMobile(number: number, taken: Set<string>): string {
  let mobile = 19_900_000_000 + number;
  while (taken.has(String(mobile))) mobile += 1;
  taken.add(String(mobile));
  return String(mobile);
}
