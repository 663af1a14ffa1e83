import { OffContractError } from "../errors"

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const PDF = Buffer.from("%PDF-")
/** A quarter of it is base64; the transport takes 10 MB of an answer. */
const FILE_BYTES_MAX = 5 * 1024 * 1024

/**
 * The file that MassPay sent as base64. What is no PDF, or is cut, or is huge, is
 * refused: it would be sent on under that name.
 */
export function pdfOf(
  content: string,
  { what, http_status }: { what: string; http_status: number }
): Buffer {
  const text = content.replace(/[\r\n]/g, "")
  const file = Buffer.from(text, "base64")
  const isWhole = BASE64.test(text) && text.length % 4 === 0
  if (
    isWhole &&
    file.length <= FILE_BYTES_MAX &&
    file.subarray(0, PDF.length).equals(PDF)
  ) {
    return file
  }
  throw new OffContractError(
    `MassPay's ${what} is not as agreed: field content is no PDF`,
    { http_status }
  )
}
