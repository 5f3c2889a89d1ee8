import {
  AudioOutlined,
  FileExcelFilled,
  FileFilled,
  FileImageFilled,
  FilePdfFilled,
  FileWordFilled,
  FileZipFilled,
  SmileOutlined,
  VideoCameraOutlined,
} from "@ant-design/icons";
import { Button, Image, Tag } from "antd";
import type { MessageBody as Body } from "../world.ts";
import { Markdown } from "./markdown.tsx";
import { fileUrl } from "./requests.ts";

interface Props {
  body: Body;
  onTap: (url: string) => void;
}

export function MessageBody({ body, onTap }: Props) {
  switch (body.kind) {
    case "text":
      return <div className="as-written">{body.text}</div>;
    case "ding":
      return <Ding text={body.text} />;
    case "markdown":
      return <Markdown text={body.text} onTap={onTap} />;
    case "actionCard":
      return (
        <>
          <Markdown text={body.text} onTap={onTap} />
          <div className="card-buttons">
            {body.buttons.map((it) => (
              <CardButton key={`${it.title} ${it.url}`} title={it.title} url={it.url} onTap={onTap} />
            ))}
          </div>
        </>
      );
    case "link":
      return <LinkCard title={body.title} text={body.text} url={body.url} />;
    case "feedCard":
      return body.links.map((it) => <LinkCard key={`${it.title} ${it.url}`} title={it.title} text="" url={it.url} />);
    case "image":
    case "picture":
      return <Picture mediaId={body.mediaId} />;
    case "file":
      return <FileCard mediaId={body.mediaId} fileName={body.fileName} />;
    case "audio":
      return <Note icon={<AudioOutlined />} text={`语音 ${Math.round(body.durationMs / 1000)} 秒`} />;
    case "voice":
      return <Note icon={<AudioOutlined />} text={body.recognition} />;
    case "video":
      return <Note icon={<VideoCameraOutlined />} text={`视频 ${body.durationSeconds} 秒`} />;
    case "sticker":
      return <Note icon={<SmileOutlined />} text="表情" />;
  }
}

function Ding({ text }: { text: string }) {
  return (
    <div className="as-written">
      <Tag color="red">DING</Tag>
      {text}
    </div>
  );
}

function CardButton({ title, url, onTap }: { title: string; url: string; onTap: Props["onTap"] }) {
  if (/^https?:\/\//.test(url)) {
    return (
      <Button block href={url} target="_blank" rel="noreferrer">
        {title}
      </Button>
    );
  }
  return (
    <Button block onClick={() => onTap(url)}>
      {title}
    </Button>
  );
}

function LinkCard({ title, text, url }: { title: string; text: string; url: string }) {
  return (
    <p>
      <a href={/^https?:\/\//.test(url) ? url : undefined} target="_blank" rel="noreferrer">
        {title}
      </a>
      {text !== "" && <span className="note">{text}</span>}
    </p>
  );
}

/** By media id. Nothing is fetched from elsewhere: a picture by its public address is a link here. */
function Picture({ mediaId }: { mediaId: string }) {
  if (!mediaId.startsWith("@")) return <LinkCard title="图片" text="" url={mediaId} />;
  return <Image className="picture" src={fileUrl(mediaId)} alt="图片" />;
}

const excel = <FileExcelFilled style={{ color: "#217346" }} />;
const word = <FileWordFilled style={{ color: "#185abd" }} />;
const archive = <FileZipFilled style={{ color: "#ad6800" }} />;
const image = <FileImageFilled style={{ color: "#08979c" }} />;
const icons: Record<string, React.ReactNode> = {
  xls: excel,
  xlsx: excel,
  doc: word,
  docx: word,
  pdf: <FilePdfFilled style={{ color: "#cf1322" }} />,
  zip: archive,
  rar: archive,
  png: image,
  jpg: image,
  jpeg: image,
};

function FileCard({ mediaId, fileName }: { mediaId: string; fileName: string }) {
  const type = fileName.split(".").at(-1)?.toLowerCase() ?? "";
  return (
    <a className="file" href={fileUrl(mediaId)} download={fileName}>
      <span className="file-icon">{icons[type] ?? <FileFilled style={{ color: "#8c8c8c" }} />}</span>
      <span>
        <span className="file-name">{fileName}</span>
        <span className="file-hint">点击下载</span>
      </span>
    </a>
  );
}

function Note({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <span>
      {icon} <span className="as-written">{text}</span>
    </span>
  );
}
