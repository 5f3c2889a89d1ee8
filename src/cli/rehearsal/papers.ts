/** The smallest files of their kinds that the bot must accept: it looks at the first bytes, not at the name. */
export function pdf(title: string): Buffer {
  return Buffer.from(`%PDF-1.4\n% ${title}\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`);
}

/** An empty zip archive that says it is a Word document. */
export function docx(title: string): Buffer {
  const name = Buffer.from("word/document.xml");
  const body = Buffer.from(`<w:document xmlns:w="urn:word"><w:t>${title}</w:t></w:document>`);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(body.length, 18);
  header.writeUInt32LE(body.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, body]);
}

export function jpeg(): Buffer {
  return Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex");
}
