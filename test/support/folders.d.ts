declare const folders: Readonly<Record<string, readonly string[]>>
export default folders
