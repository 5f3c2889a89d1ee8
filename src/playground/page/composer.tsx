import { AudioOutlined, PaperClipOutlined, PictureOutlined, SmileOutlined } from "@ant-design/icons";
import { Sender } from "@ant-design/x";
import { Button, Tooltip, Upload } from "antd";
import { useRef, useState } from "react";
import { useAttempt } from "./attempt.ts";
import type { Place } from "./chat.tsx";
import { postForm, postJson } from "./requests.ts";

interface Props {
  place: Place;
  robotName: string;
  onSay: (text: string) => Promise<boolean>;
}

export function Composer({ place, robotName, onSay }: Props) {
  const attempt = useAttempt();
  const [text, setText] = useState("");
  const sent = useRef(Promise.resolve());
  const { staffId, conversationId } = place;
  const isPrivate = conversationId === undefined;

  // The box is free at once for the next message, which leaves after this one; what could not be sent comes back.
  const send = (request: () => Promise<boolean>) => {
    setText("");
    sent.current = sent.current.then(async () => {
      if (!(await request())) setText((typed) => typed || text);
    });
  };

  return (
    <Sender
      value={text}
      onChange={setText}
      onSubmit={(said) => said.trim() !== "" && send(() => onSay(said))}
      // Its own would be disabled for a moment after the first letter, and an Enter pressed then would be lost.
      suffix={(_, { components: { SendButton } }) => <SendButton aria-label="发送" disabled={false} />}
      placeholder={isPrivate ? `发消息给${robotName}，按回车发送` : "在群里发言，按回车发送"}
      autoSize={{ minRows: 1, maxRows: 6 }}
      footer={
        <div className="composer-tools">
          <UploadTools place={place} />
          {isPrivate && (
            <>
              <Tool
                label="语音"
                hint="把写的字当作一条语音发出"
                icon={<AudioOutlined />}
                isOff={text.trim() === ""}
                onClick={() => send(() => attempt(() => postJson("/api/voice", { staffId, text })))}
              />
              <Tool
                label="表情"
                icon={<SmileOutlined />}
                onClick={() => void attempt(() => postJson("/api/sticker", { staffId }))}
              />
            </>
          )}
        </div>
      }
    />
  );
}

function UploadTools({ place: { staffId, conversationId } }: { place: Place }) {
  const attempt = useAttempt();
  const attach = (request: () => Promise<void>) => {
    void attempt(request);
    // The component must not upload by itself.
    return false;
  };
  return (
    <>
      {conversationId === undefined && (
        <Upload showUploadList={false} beforeUpload={(file) => attach(() => postForm("/api/file", { staffId, file }))}>
          <Tool label="文件" icon={<PaperClipOutlined />} />
        </Upload>
      )}
      <Upload
        showUploadList={false}
        accept=".jpg,.jpeg,.png,.gif,.bmp"
        beforeUpload={(picture) => attach(() => postForm("/api/picture", { staffId, conversationId, picture }))}
      >
        <Tool label="图片" icon={<PictureOutlined />} />
      </Upload>
    </>
  );
}

interface ToolProps {
  label: string;
  /** What it does, where the label is too short to say it. */
  hint?: string;
  icon: React.ReactNode;
  isOff?: boolean;
  onClick?: () => void;
}

function Tool({ label, hint = "", icon, isOff = false, onClick }: ToolProps) {
  return (
    <Tooltip title={hint}>
      <Button type="text" icon={icon} disabled={isOff} {...(onClick && { onClick })}>
        {label}
      </Button>
    </Tooltip>
  );
}
