import { z } from "zod";

/** Single values of a campaign file. */
export const day = z.iso.date();
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "应为 HH:MM");
export const id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/i, "只能用字母、数字、点和连字符");
