/**
 * Writes docs/options.md from the tables of options: `npm run docs:options`. A test holds the committed file to what
 * this script would write.
 */
import { writeFileSync } from 'node:fs'
import { brokerOptionRows } from '../src/broker/options.ts'
import type { OptionRow } from '../src/kit/options.ts'
import { namesrvOptionRows } from '../src/namesrv/options.ts'

const target = new URL('../docs/options.md', import.meta.url)

const allowed = (row: OptionRow): string => {
  if (row.type === 'bool') return '`true`, `false`'
  if (row.values !== undefined) return row.values.map(value => `\`${value}\``).join(', ')
  if (row.form !== undefined) return row.form[1]
  if (row.min !== undefined && row.max !== undefined) return `${row.min} to ${row.max}`
  return row.type === 'text' ? 'text' : 'number'
}

const elsewhere = (row: OptionRow): string =>
  [row.flag === undefined ? '' : `\`--${row.flag}\``, row.env === undefined ? '' : `\`${row.env}\``]
    .filter(name => name !== '')
    .join(', ')

const cell = (text: string): string => text.replaceAll('|', '\\|')

const tableOf = (rows: readonly OptionRow[]): string => {
  const lines = rows.map(row => {
    const value = row.default === '' ? '' : `\`${row.default}\``
    const cells = [`\`${row.key}\``, value, allowed(row), elsewhere(row), row.hot ? 'yes' : '', row.help]
    return `| ${cells.map(cell).join(' | ')} |`
  })
  return [
    '| key | default | allowed | flag, variable | hot | what it is |',
    '|---|---|---|---|---|---|',
    ...lines
  ].join('\n')
}

const section = (title: string, rows: readonly OptionRow[]): string => {
  const groups = [...new Set(rows.map(row => row.group))]
  const parts = groups.map(name => `### ${name}\n\n${tableOf(rows.filter(row => row.group === name))}`)
  return `## ${title}\n\n${parts.join('\n\n')}`
}

const head = `# Options

Made from the tables in \`src/broker/options.ts\` and \`src/namesrv/options.ts\` by \`npm run docs:options\`.

The keys are those of Apache's \`broker.conf\` and \`namesrv.conf\`, with Apache 5.5.0's defaults unless this page says
otherwise; what Apache does not have stands under *mq*. A file is given with \`-c\` and has the form of Java's
properties. A flag wins over a variable, a variable over the file, the file over the default. A key that nothing
understands is warned about at the start; a value that is not allowed stops the start and names file, line and key.

*Hot* options can be changed while the broker runs, by \`mq broker config set\` or \`mqadmin updateBrokerConfig\`. Such
a change holds at once and over restarts, until a flag, a variable or a changed line of the file says otherwise.
`

/** The whole page. */
export const optionsPage = (): string =>
  `${[head, section('Broker', brokerOptionRows), section('NameServer', namesrvOptionRows)].join('\n')}\n`

if (process.argv[1]?.endsWith('options-table.ts')) writeFileSync(target, optionsPage())
