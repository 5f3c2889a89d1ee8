import { RobotOutlined, TeamOutlined } from "@ant-design/icons";
import { Avatar } from "antd";

/** Dark enough for white letters. */
const colours = ["#0958d9", "#08979c", "#389e0d", "#d4380d", "#c41d7f", "#531dab", "#ad6800", "#1d39c4"];

export function Face({ of, name }: { of: "person" | "group" | "robot"; name: string }) {
  if (of === "robot") return <Avatar icon={<RobotOutlined />} style={{ background: "#1677ff" }} />;
  if (of === "group") return <Avatar shape="square" icon={<TeamOutlined />} style={{ background: "#595959" }} />;
  const number = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  return <Avatar style={{ background: colours[number % colours.length] ?? "" }}>{[...name][0]}</Avatar>;
}
