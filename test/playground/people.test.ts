import { describe, expect, test } from "vitest";
import { type Contact, parseCampaign } from "../../src/campaign/campaign.ts";
import { peopleOf } from "../../src/playground/people.ts";
import { local } from "./robot.ts";

function campaignWith(contactsOfUnits: Contact[][]) {
  const due = { due: "2030-07-01" };
  const parsed = parseCampaign({
    id: "test-2030",
    title: "测试",
    year: 2030,
    theme: "测试",
    organiser: "某市某局",
    opensOn: "2030-05-20",
    period: { start: "2030-06-01", end: "2030-06-30" },
    obligations: { nomination: due, statistics: due, summary: due },
    form: {
      title: "表",
      columns: ["数"],
      sections: [
        {
          id: "a",
          title: "甲",
          indicators: [{ id: "a.b", label: "乙", measures: [{ id: "n", label: "", unit: "个" }] }],
        },
      ],
    },
    units: contactsOfUnits.map((contacts, i) => ({ id: `u${i}`, name: `单位${i}`, kind: "局", fields: [], contacts })),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.campaign;
}

const unique = (values: unknown[]) => new Set(values).size === values.length;

describe("the people of a campaign", () => {
  test("are its contacts, a colleague for each unit, the managers and an outsider, all in the bureau's group", () => {
    const campaign = campaignWith([[{ mobile: "13900000000" }, { staffId: "s1" }], [{ mobile: "19900000001" }], []]);
    const { people, groups } = peopleOf(campaign, ["boss1", "boss2"]);
    expect(people.map((it) => it.staffId)).toEqual([
      "boss1",
      "boss2",
      "u0-contact-1",
      "s1",
      "u0-colleague",
      "u1-contact-1",
      "u1-colleague",
      "u2-colleague",
      "outsider",
    ]);
    expect(people.find((it) => it.staffId === "u0-contact-1")?.mobile).toBe("13900000000");
    expect(people.find((it) => it.staffId === "u1-contact-1")?.mobile).toBe("19900000001");
    expect(people.filter((it) => it.isExternal).map((it) => it.staffId)).toEqual(["outsider"]);
    expect(unique(people.map((it) => it.name))).toBe(true);
    expect(unique(people.map((it) => it.mobile))).toBe(true);
    expect(groups).toEqual([
      {
        conversationId: expect.stringMatching(/^cid/),
        title: "某市某局安全生产月工作群",
        memberIds: people.map((it) => it.staffId),
      },
    ]);
    expect(peopleOf(campaign, ["boss1", "boss2"])).toEqual({ people, groups });
  });

  test("stand once, however many units name them", () => {
    const shared: Contact[] = [{ staffId: "boss" }, { mobile: "13900000000" }];
    const { people } = peopleOf(campaignWith([shared, shared]), ["boss"]);
    expect(people.map((it) => it.staffId)).toEqual([
      "boss",
      "u0-contact-2",
      "u0-colleague",
      "u1-colleague",
      "outsider",
    ]);
  });

  test("of two hundred units still differ", () => {
    const { people } = peopleOf(campaignWith(Array.from({ length: 200 }, () => [])), []);
    expect(people).toHaveLength(201);
    expect(unique(people.map((it) => it.name))).toBe(true);
    for (const it of people) expect(it.mobile ?? "19900000000").toMatch(/^1990000\d{4}$/);
  });

  test("populate a local DingTalk, which refuses doubles and unknown members", async () => {
    const world = peopleOf(campaignWith([[{ mobile: "13900000000" }]]), ["boss"]);
    const dingtalk = await local(world);
    expect(dingtalk.world.people).toHaveLength(4);
    const [first] = world.people;
    await expect(local({ ...world, people: [...world.people, ...(first ? [first] : [])] })).rejects.toThrow("boss");
    await expect(local({ ...world, people: [] })).rejects.toThrow("unknown member");
  });
});
