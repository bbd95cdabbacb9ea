/**
 * Tables for people: columns as wide as their content, two blanks between them. On a terminal that is too narrow the
 * widest columns give way; into a pipe or a file nothing is ever cut.
 */

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string | number | undefined
  /** Numbers read better flush right. */
  readonly align?: 'left' | 'right'
  /** Shown only with `-o wide`, or when --columns names it. */
  readonly wide?: boolean
}

export interface Screen {
  /** Columns of the terminal; undefined = not a terminal. */
  readonly width: number | undefined
  readonly color: boolean
}

const gap = '  '
const narrowest = 8

export interface TableParts {
  readonly header: string
  readonly lines: readonly string[]
  /** Titles of columns that found no room. */
  readonly hidden: readonly string[]
}

/** The lines of a table, header first. */
export const table = <Row>(rows: Iterable<Row>, columns: readonly Column<Row>[], screen: Screen): string[] => {
  const { header, lines } = tableParts(rows, columns, screen)
  return [header, ...lines]
}

/** A table; where not even narrow columns fit the screen, the last ones are left out and named. */
export const tableParts = <Row>(rows: Iterable<Row>, all: readonly Column<Row>[], screen: Screen): TableParts => {
  const columns = all.slice(0, screen.width === undefined ? all.length : fitting(all, screen.width))
  const hidden = all.slice(columns.length).map(column => column.title)
  const cells = [...rows].map(row => columns.map(column => printable(String(column.value(row) ?? '-'))))
  const wanted = columns.map((column, at) =>
    cells.reduce((width, line) => Math.max(width, textWidth(line[at]!)), textWidth(column.title))
  )
  const widths = screen.width === undefined ? wanted : narrow(wanted, screen.width)
  const line = (values: readonly string[]): string =>
    values
      .map((value, at) => pad(cut(value, widths[at]!), widths[at]!, columns[at]!.align ?? 'left'))
      .join(gap)
      .trimEnd()
  const header = line(columns.map(column => column.title))
  return { header: screen.color ? `\u001b[1m${header}\u001b[22m` : header, lines: cells.map(line), hidden }
}

/** How many columns have room when each is as narrow as it may get; the first always has. */
const fitting = (columns: readonly { readonly title: string }[], screenWidth: number): number => {
  let used = -gap.length
  const at = columns.findIndex(({ title }) => {
    used += gap.length + Math.min(narrowest, textWidth(title))
    return used > screenWidth
  })
  return at < 0 ? columns.length : Math.max(1, at)
}

/** Widths whose sum fits the screen: the widest column shrinks first. */
const narrow = (wanted: readonly number[], screenWidth: number): number[] => {
  const widths = [...wanted]
  let over = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1) - screenWidth
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    if (widths[widest]! <= narrowest) break
    widths[widest]!--
    over--
  }
  return widths
}

const pad = (value: string, width: number, align: 'left' | 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, width - textWidth(value)))
  return align === 'right' ? blanks + value : value + blanks
}

/** The text in at most `width` terminal columns, with `…` for what had to go. */
export const cut = (value: string, width: number): string => {
  if (textWidth(value) <= width) return value
  let kept = ''
  let used = 1
  for (const character of value) {
    used += textWidth(character)
    if (used > width) break
    kept += character
  }
  return `${kept}…`
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u

/** Columns that a terminal gives the text: East Asian characters and emoji take two. */
export const textWidth = (value: string): number => {
  let width = 0
  for (const character of value) width += character.codePointAt(0)! >= 0x1f300 || wide.test(character) ? 2 : 1
  return width
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not reach a terminal.
const control = /[\u0000-\u001f\u007f-\u009f]/g
const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Text of others made harmless for a terminal: no line breaks, no escape sequences. */
export const printable = (value: string): string =>
  value.replaceAll(
    control,
    character => names[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  )
