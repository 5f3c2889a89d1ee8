import { ConfigProvider, App as Messages } from "antd";
import zhCN from "antd/locale/zh_CN.js";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn.js";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Playground } from "./playground.tsx";

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.locale("zh-cn");

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
const fontFamily = "var(--font)";
const motion = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
createRoot(root).render(
  <StrictMode>
    <ConfigProvider
      locale={zhCN.default}
      // The label of a card's button is the very text that a tap says.
      button={{ autoInsertSpace: false }}
      theme={{ token: { fontFamily, motion, colorPrimary: "#1677ff" } }}
    >
      <Messages className="whole">
        <Playground />
      </Messages>
    </ConfigProvider>
  </StrictMode>,
);
