import { App } from "antd";

/** Runs a request; what goes wrong is shown to the person. Resolves to whether it went well. */
export function useAttempt(): (request: () => Promise<unknown>) => Promise<boolean> {
  const { message } = App.useApp();
  return async (request) => {
    try {
      await request();
      return true;
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
}
