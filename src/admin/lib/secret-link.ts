/**
 * Puts a secret on the clipboard and nowhere else: not on the page, not in its
 * address, not in a store that outlives this call.
 *
 * The browser lets a page write only shortly after a click, which a slow server
 * outlasts; so it is promised the text at once where it can take a promise.
 *
 * @throws what `read` throws; `ClipboardRefusedError` when the browser refuses
 */
export async function copySecret(read: () => Promise<string>): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined
  if (clipboard && typeof ClipboardItem === "function") {
    const reading = read()
    try {
      await clipboard.write([
        new ClipboardItem({
          "text/plain": reading.then(
            (text) => new Blob([text], { type: "text/plain" })
          ),
        }),
      ])
      return
    } catch {
      // Where reading failed, that is what its user has to know.
      const text = await reading
      await writeOrRefuse(text)
      return
    }
  }
  await writeOrRefuse(await read())
}

/** The browser did not let the page write to the clipboard. Nothing was shown or kept. */
export class ClipboardRefusedError extends Error {
  constructor() {
    super("The browser does not allow to copy here.")
    this.name = "ClipboardRefusedError"
  }
}

async function writeOrRefuse(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined
  try {
    if (!clipboard) throw new ClipboardRefusedError()
    await clipboard.writeText(text)
  } catch {
    throw new ClipboardRefusedError()
  }
}
