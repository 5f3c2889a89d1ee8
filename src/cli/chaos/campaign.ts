import type { Campaign } from "../../campaign/campaign.ts";
import { sizedCampaign } from "../sized-campaign.ts";

/** The day and clock of the run's one reminder: the last before the deadline, which waits for nobody though all are talking. */
export const reminderOn = "2023-06-30";
export const reminderAt = "17:00";

export async function chaosCampaign(units: number): Promise<Campaign> {
  const campaign = await sizedCampaign(units);
  const { obligations, reminders } = campaign;
  const ladder = { ahead: [], onTheDay: [reminderAt], overdue: 0, morning: "09:00" };
  const statistics = { ...obligations.statistics, ladder };
  return {
    ...campaign,
    obligations: { ...obligations, statistics },
    reminders: { ...reminders, nudge: null, digest: null, events: [] },
  };
}
