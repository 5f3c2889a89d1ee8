import type { FaultPlan } from "../../playground/faults.ts";

/**
 * How often what goes wrong. Not among it: a refused secret or app (401, 400), which an administrator must mend and the
 * program therefore asks about slowly.
 */
export const chaosPlan: FaultPlan = {
  stream: {
    duplicatePush: 0.03,
    reorderedPush: 0.03,
    delayedPush: 0.02,
    lostAck: 0.03,
    reset: 0.004,
    halfOpen: 0.002,
    disconnect: 0.004,
    frameNotJson: 0.002,
    frameWithoutHeaders: 0.002,
    frameOfUnknownType: 0.002,
    frameOfUnknownTopic: 0.002,
    frameOfEvent: 0.002,
    frameDataNotJson: 0.002,
  },
  gateway: { refused500: 0.1, usedTicket: 0.1 },
  calls: {
    "*": {
      error500: 0.02,
      timeoutDelivered: 0.01,
      timeoutUndelivered: 0.01,
      cutDelivered: 0.005,
      tooFast: 0.02,
      slowAnswer: 0.005,
      expiredToken: 0.01,
    },
  },
};
