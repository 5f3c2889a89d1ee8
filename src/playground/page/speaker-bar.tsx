import { Checkbox, Select } from "antd";
import type { GroupView, WorldView } from "../page-view.ts";

interface Props {
  group: GroupView;
  world: WorldView;
  memberId: string;
  onMember: (staffId: string) => void;
  mentionsRobot: boolean;
  onMentionsRobot: (mentions: boolean) => void;
}

/** In a group: who of its members speaks, and whether to the robot. */
export function SpeakerBar({ group, world, memberId, onMember, mentionsRobot, onMentionsRobot }: Props) {
  const members = world.people.filter((it) => group.memberIds.includes(it.staffId));
  const options = members.map(({ staffId, name, unit, post }) => ({
    value: staffId,
    label: [name, unit, post].filter((it) => it).join(" "),
  }));
  return (
    <div className="speaker">
      <span>发言人</span>
      <Select
        aria-label="发言人"
        showSearch={{ optionFilterProp: "label" }}
        value={memberId}
        options={options}
        onChange={onMember}
      />
      {group.hasRobot && (
        <Checkbox checked={mentionsRobot} onChange={(event) => onMentionsRobot(event.target.checked)}>
          {`@${world.robotName}`}
        </Checkbox>
      )}
    </div>
  );
}
