import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** A phone number as annex 1 wants it: a mobile, or a landline with its area code. */
export type PhoneReading =
  | { ok: true; phone: string }
  /** A local number of 7 or 8 digits, like the notice's own: which city it belongs to is not for us to guess. */
  | { ok: false; reason: "noAreaCode"; digits: string }
  | { ok: false; reason: "wrongLength"; digits: string }
  | { ok: false; reason: "noPhone"; digits: string };

export function readPhone(text: string): PhoneReading {
  const plain = text
    .normalize("NFKC")
    .replace(/^\+?86[- ]?(?=1\d{2})/, "")
    .replace(/[\s()-]|[—–－]/g, "");
  if (!/^\+?\d+$/.test(plain)) return { ok: false, reason: "noPhone", digits: plain.replace(/\D/g, "") };
  if (/^[2-9]\d{6,7}$/.test(plain)) return { ok: false, reason: "noAreaCode", digits: plain };
  const number = parsePhoneNumberFromString(plain, "CN");
  if (number?.isValid() && number.country === "CN") {
    const isMobile = number.getType() === "MOBILE";
    return { ok: true, phone: isMobile ? number.nationalNumber : withAreaCode(number.formatNational()) };
  }
  return { ok: false, reason: "wrongLength", digits: plain };
}

export function isMobile(phone: string): boolean {
  return /^1\d{10}$/.test(phone);
}

/** Shown to whoever is neither its owner nor a manager: 138****0000, 0580-****286. */
export function maskPhone(phone: string): string {
  const [area, local] = phone.split("-");
  if (local !== undefined) return `${area}-****${local.slice(-3)}`;
  return phone.length <= 7 ? "****" : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

function withAreaCode(national: string): string {
  const [area, ...rest] = national.split(" ");
  return rest.length === 0 ? national : `${area}-${rest.join("")}`;
}
