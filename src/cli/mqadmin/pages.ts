/** What `mq mqadmin` tells of itself: the list of all names, and the options of one. */

import { keyOf } from './arguments.ts'
import type { Becomes, Form, MqadminRow, Option } from './row.ts'

/** An option as mqadmin writes it: `-t topic`. */
export const optionText = (option: Option): string =>
  [option.short === undefined ? `--${option.long}` : `-${option.short}`, option.takesValue ? option.long : '']
    .filter(word => word !== '')
    .join(' ')

/** What an option becomes, as words of `mq`; or a sentence. */
export const becomesText = (becomes: Becomes, option: Option): string => {
  switch (becomes.kind) {
    case 'argument':
      return option.long.toUpperCase()
    case 'flag':
      return `--${becomes.flag}`
    case 'broker':
      return becomes.flag === undefined ? 'NAME of the broker there' : `--${becomes.flag}, the name of the broker there`
    case 'brokers':
      return 'one line for each broker of it'
    case 'split':
      return `--${becomes.flag}, once for each`
    case 'words':
      return [...becomes.words]
        .map(([value, words]) => `${value === '' ? '' : `${value}: `}${words.join(' ') || 'nothing'}`)
        .join(', ')
    case 'list':
      return 'read, one line for each of its objects'
    case 'part':
      return becomes.shown
    case 'implied':
      return `not needed: ${becomes.why}`
  }
}

/** The words that choose a form: `-m put`. */
export const whenText = (form: Form): string =>
  Object.entries(form.when)
    .map(([option, value]) => `-${option}${value === undefined ? '' : ` ${value}`}`)
    .join(' ')

/** `mq topic create --or-update` */
export const commandText = (form: Form): string => ['mq', form.mq, ...form.fixed].join(' ')

/** For each option of a row, what it becomes in a form. */
export const optionLines = (row: MqadminRow, form: Form): [Option, string][] =>
  row.options.map(option => {
    const becomes = form.becomes[keyOf(option)]
    if (becomes !== undefined) return [option, becomesText(becomes, option)]
    if (option.short === 'n') return [option, '--namesrv']
    return [option, `refused: ${row.not[keyOf(option)]?.why ?? 'no such flag'}`]
  })

/** The lines of `mq mqadmin NAME -h`. */
export const rowLines = (row: MqadminRow): string[] => {
  const lines = [`${row.name}: ${row.does}`]
  if (row.why !== undefined) lines.push(`  no counterpart: ${row.why}`)
  for (const form of row.forms) {
    const when = whenText(form)
    lines.push('', `  ${when === '' ? '' : `with ${when}: `}${commandText(form)}`)
    const shown = optionLines(row, form)
    const width = Math.max(0, ...shown.map(([option]) => optionText(option).length))
    for (const [option, text] of shown) lines.push(`    ${optionText(option).padEnd(width)}  ${text}`)
  }
  if (row.note !== undefined) lines.push('', `  ${row.note}`)
  return lines
}
