import { FastForwardOutlined, StepForwardOutlined } from "@ant-design/icons";
import { Button, DatePicker, Spin, Tag } from "antd";
import { useState } from "react";
import type { StatusView, WorldView } from "../page-view.ts";
import { useAttempt } from "./attempt.ts";
import { postJson } from "./requests.ts";
import { instantOf, shownDay, tomorrowMorning, wallClock } from "./wall-clock.ts";

/** The virtual clock: what it shows, and the ways to move it on. */
export function ClockBar({ world, status }: { world: WorldView; status: StatusView }) {
  const { timezone } = world.campaign;
  const attempt = useAttempt();
  const [isAsking, setIsAsking] = useState(false);
  const isMoving = isAsking || status.isMoving;
  const now = wallClock(status.now, timezone);

  const move = async (to: string) => {
    setIsAsking(true);
    await attempt(() => postJson("/api/clock", { to }));
    setIsAsking(false);
  };

  return (
    <div className="clock" aria-busy={isMoving}>
      <Tag color={status.isRobotOnline ? "success" : "error"}>{status.isRobotOnline ? "机器人在线" : "机器人离线"}</Tag>
      <time dateTime={status.now}>
        <Spin spinning={isMoving} size="small" className="clock-spin" />
        {shownDay(now, "YYYY年M月D日")}
      </time>
      <div className="clock-ways">
        <Button
          disabled={isMoving}
          icon={<StepForwardOutlined />}
          onClick={() => move(tomorrowMorning(status.now, timezone))}
        >
          到明天 09:00
        </Button>
        {world.canJumpToNext && (
          <Button disabled={isMoving} icon={<FastForwardOutlined />} onClick={() => move("next")}>
            下一个提醒
          </Button>
        )}
        <DatePicker
          aria-label="调到指定时间"
          placeholder="选时间"
          // Never keeps what was picked: confirming moves the clock, and the next pick starts from there.
          value={null}
          defaultPickerValue={now}
          disabled={isMoving}
          showTime={{ format: "HH:mm", minuteStep: 5, defaultOpenValue: now.hour(9).minute(0) }}
          format="YYYY-MM-DD HH:mm"
          showNow={false}
          disabledDate={(day) => day.format("YYYY-MM-DD") < now.format("YYYY-MM-DD")}
          onChange={(day) => day && move(instantOf(day, timezone))}
        />
      </div>
    </div>
  );
}
