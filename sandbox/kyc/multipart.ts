/** A file of a form, of which nothing is kept but its type and size. */
export type UploadedFile = { type: string; size: number }

const BLANK = "\r\n\r\n"
const PARTS_MAX = 20

/**
 * The files in the body of an upload: of a form, or the body itself when it is a
 * file. Parts of a form that are not files are passed over; a file field that was
 * left empty counts as none. Null when the body is not what its type says.
 */
export function filesIn(
  contentType: string,
  body: Buffer
): UploadedFile[] | null {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? ""
  if (type !== "multipart/form-data") {
    return body.length > 0 ? [{ type, size: body.length }] : []
  }
  const boundary = /boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType
  )
  const name = boundary?.[1] ?? boundary?.[2]
  return name === undefined ? null : partsOf(body, `--${name}`)
}

function partsOf(body: Buffer, mark: string): UploadedFile[] | null {
  const files: UploadedFile[] = []
  let at = body.indexOf(mark)
  for (let part = 0; part < PARTS_MAX; part += 1) {
    if (at === -1) return null
    const start = at + mark.length
    if (body.subarray(start, start + 2).toString("latin1") === "--") {
      return files
    }
    const end = body.indexOf(`\r\n${mark}`, start)
    const head = body.indexOf(BLANK, start)
    if (end === -1 || head === -1 || head > end) return null
    const headers = body.subarray(start, head).toString("latin1")
    const size = end - (head + BLANK.length)
    if (/^content-disposition:.*;\s*filename=/im.test(headers) && size > 0) {
      const type = /^content-type:\s*([^\s;]+)/im.exec(headers)?.[1] ?? ""
      files.push({ type: type.toLowerCase(), size })
    }
    at = end + 2
  }
  return null
}
