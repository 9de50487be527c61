/** Hidden files and the notes systems leave in folders are nobody's creatives. */
function isWanted({ name }: File): boolean {
  return !name.startsWith('.') && !['Thumbs.db', 'desktop.ini'].includes(name);
}

function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  return new Promise((resolve) => {
    const next = () =>
      reader.readEntries(
        (some) => {
          if (some.length === 0) return resolve(found);
          found.push(...some);
          // A folder is told in pieces of about a hundred.
          next();
        },
        () => resolve(found),
      );
    next();
  });
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isDirectory) {
    // Checked just now; the browser's types do not tell the two apart.
    const inside = await entriesOf(entry as FileSystemDirectoryEntry);
    return (await Promise.all(inside.map(filesOf))).flat();
  }
  return new Promise((resolve) => {
    (entry as FileSystemFileEntry).file(
      (file) => resolve([file]),
      () => resolve([]),
    );
  });
}

/** Every file that was dropped, those inside folders too. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // Must be asked for before the first wait: the list is empty afterwards.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = entries.length > 0 ? (await Promise.all(entries.map(filesOf))).flat() : [...transfer.files];
  return files.filter(isWanted);
}

/** Files of a picker or the clipboard. */
export function wantedFiles(list: FileList | null | undefined): File[] {
  return [...(list ?? [])].filter(isWanted);
}
