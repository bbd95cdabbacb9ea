/**
 * Writes docs/mqadmin.md from the table in src/cli/mqadmin: `npm run docs:mqadmin`. A test holds the committed file to
 * what this script would write.
 */
import { writeFileSync } from 'node:fs'
import { commandText, optionLines, optionText, whenText } from '../src/cli/mqadmin/pages.ts'
import type { Form, MqadminRow } from '../src/cli/mqadmin/row.ts'
import { mqadminRows } from '../src/cli/mqadmin/table.ts'

const target = new URL('../docs/mqadmin.md', import.meta.url)

const cell = (text: string): string => text.replaceAll('|', '\\|')
const anchor = (name: string): string => `[\`${name}\`](#${name.toLowerCase()})`

const waysOf = (row: MqadminRow): string =>
  row.forms.length === 0
    ? `none: ${row.why}`
    : row.forms
        .map(form => `\`${commandText(form)}\`${whenText(form) === '' ? '' : ` with \`${whenText(form)}\``}`)
        .join('; ')

const overview = (): string => {
  const lines = mqadminRows.map(row => `| ${anchor(row.name)} | ${cell(waysOf(row))} | ${cell(row.does)} |`)
  return ['| mqadmin | mq | what it does |', '|---|---|---|', ...lines].join('\n')
}

const optionsOf = (row: MqadminRow, form: Form): string => {
  const title = `\`${commandText(form)}\`${whenText(form) === '' ? '' : `, with \`${whenText(form)}\``}`
  if (row.options.length === 0) return `${title}\n\nNo options.`
  const lines = optionLines(row, form).map(([option, text]) => {
    const need = option.required === true ? ' (needed)' : option.required === 'one' ? ' (one of these is needed)' : ''
    return `| \`${optionText(option)}\`${need} | ${cell(text.startsWith('--') && !text.includes(' ') ? `\`${text}\`` : text)} |`
  })
  return [`${title}\n`, '| option | becomes |', '|---|---|', ...lines].join('\n')
}

const section = (row: MqadminRow): string =>
  [
    `### ${row.name}`,
    ...(row.note === undefined ? [] : [`${row.note[0]!.toUpperCase()}${row.note.slice(1)}.`]),
    ...(row.forms.length === 0 ? [`No counterpart: ${row.why}.`] : row.forms.map(form => optionsOf(row, form)))
  ].join('\n\n')

const known = (): number => mqadminRows.filter(row => row.forms.length > 0).length

const head = (): string => `# From mqadmin to mq

Made from the tables in \`src/cli/mqadmin\` by \`npm run docs:mqadmin\`.

Apache's own \`mqadmin\` works against \`mq\` unchanged: nothing has to be switched at once. This page is for those who want
to: it holds all ${mqadminRows.length} sub-commands of mqadmin 5.5.0; ${known()} of them have a command of \`mq\`, which works against Apache's
brokers too.

## How to switch

1. Put \`mq\` before what you have. \`mq mqadmin NAME OPTIONS…\` takes mqadmin's names, in any case, and its options, short
   and long; it runs the command of \`mq\` that does the same, and says on stderr which line that is:

   \`\`\`console
   $ mq mqadmin updateTopic -n 127.0.0.1:9876 -c DefaultCluster -t orders -r 8 -w 8
   This is: mq topic create orders --or-update --cluster DefaultCluster --read-queues 8 --write-queues 8 --namesrv 127.0.0.1:9876
   Topic orders created with 8 queues on broker-a
   \`\`\`

2. Write that line into your script instead. \`mq mqadmin NAME -h\` tells what each option becomes.
3. Leave \`-n\` away: \`NAMESRV_ADDR\`, or a context (\`mq context add\`), says where the cluster is.

What is different, all of it on purpose:

- **Exit codes mean something.** mqadmin exits with 0 when a command fails, and for a name that it does not know. \`mq\` exits
  with 4 for what is not there, 7 when it cannot connect, 127 for a name that there is not; [cli.md](cli.md) has them all.
- **Output is made for a reader or for a script.** Tables for people; \`--json\` for scripts, the same document on every
  version. Whoever parses mqadmin's columns parses a table that the next version may change.
- **Brokers have names.** mqadmin's \`-b HOST:PORT\` becomes the name of the broker that is registered there.
- **Nothing is done in silence.** An option that \`mq\` has no counterpart of ends with exit code 2 and the reason, a
  sub-command that it has none of with exit code 10; nothing is left out.
- **What destroys asks first.** mqadmin does not, so \`mq mqadmin\` does not either and adds \`--yes\`; the commands of \`mq\` ask a
  person, and want \`--yes\` or \`--confirm NAME\` from a script. Add \`--dry-run\` to see what would be done.

Typing a name of mqadmin without more (\`mq updateTopic\`) says which command was meant.

## All sub-commands

`

/** The whole page. */
export const mqadminPage = (): string => {
  const parts = [
    `${head()}${overview()}`,
    '## Options',
    'Every line also takes `-n` (NameServers, here `--namesrv`) and `-h`.',
    ...mqadminRows.map(section)
  ]
  return `${parts.join('\n\n')}\n`
}

if (process.argv[1]?.endsWith('mqadmin-table.ts')) writeFileSync(target, mqadminPage())
