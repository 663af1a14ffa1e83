const LINES_PER_PAGE = 56
const FIRST_LINE_Y = 800
const LINE_HEIGHT = 13

/**
 * A plain PDF of lines of text, page after page: enough for a reader to open and
 * for a person to read. What the font has no letter for becomes a question mark.
 */
export function pdfOf(lines: readonly string[]): Buffer {
  const pages: string[][] = []
  for (let at = 0; at < Math.max(lines.length, 1); at += LINES_PER_PAGE) {
    pages.push(lines.slice(at, at + LINES_PER_PAGE))
  }
  // 1 is the catalog, 2 the list of pages, 3 the font; then two for each page.
  const pageId = (index: number) => 4 + 2 * index
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${pages.map((_, index) => `${pageId(index)} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ...pages.flatMap((page, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${pageId(index) + 1} 0 R >>`,
      streamOf(page),
    ]),
  ]
  return assemble(objects)
}

function streamOf(lines: readonly string[]): string {
  const shown = lines.map((line) => `(${escaped(line)}) Tj T*`).join("\n")
  const text = `BT /F1 9 Tf ${LINE_HEIGHT} TL 40 ${FIRST_LINE_Y} Td\n${shown}\nET`
  return `<< /Length ${Buffer.byteLength(text)} >>\nstream\n${text}\nendstream`
}

function escaped(line: string): string {
  return line.replace(/[^\x20-\x7e]/g, "?").replace(/[\\()]/g, "\\$&")
}

function assemble(objects: readonly string[]): Buffer {
  let text = "%PDF-1.4\n"
  const offsets: number[] = []
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length)
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = offsets
    .map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`)
    .join("")
  const size = objects.length + 1
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
    "latin1"
  )
}
