/** The result of `check` in the forms that monitors read. Pure. */
import type { CheckFinding, CheckReport } from '../admin/check-rules.ts'
import { printable } from './table.ts'

export const checkFormats = ['nagios', 'json', 'prometheus', 'text'] as const
export type CheckFormat = (typeof checkFormats)[number]

const figure = ({ value, unit }: CheckFinding): string => (value === undefined ? 'unknown' : `${value}${unit}`)

const nameOf = ({ name, of }: CheckFinding): string => (of === undefined ? name : `${of} ${name}`)

/** The line that Nagios, Icinga and others show, with performance data behind the bar. */
export const nagiosLine = (report: CheckReport): string => {
  const { check, name, status, reason, findings } = report
  const title = `MQ ${check.toUpperCase()} ${status}`
  const about = name === undefined ? '' : `${printable(name)}: `
  // What is wrong comes first: pagers show few characters.
  const sorted = [...findings].sort((left, right) => Number(left.status === 'OK') - Number(right.status === 'OK'))
  const facts = sorted.map(finding => `${nameOf(finding)} ${figure(finding)}${limitText(finding)}`).join(', ')
  const text = `${title} - ${about}${reason === undefined ? facts : printable(reason)}`.replaceAll('|', '/')
  const data = findings.filter(({ value }) => value !== undefined).map(performance)
  return data.length === 0 ? text : `${text} | ${data.join(' ')}`
}

const limitText = ({ status, bad, warn, crit }: CheckFinding): string => {
  const limit = status === 'CRITICAL' ? crit : status === 'WARNING' ? warn : undefined
  return limit === undefined ? '' : ` (${bad === 'above' ? 'more' : 'less'} than ${limit})`
}

/** `'label'=value[unit];warn;crit`; a range with a colon is bad below its number. */
const performance = (finding: CheckFinding): string => {
  const { value, unit, bad, warn, crit } = finding
  const limit = (at: number | undefined): string => (at === undefined ? '' : bad === 'below' ? `${at}:` : String(at))
  const label = nameOf(finding).replaceAll(/['=| ]/g, '_')
  return `${label}=${value}${unit};${limit(warn)};${limit(crit)}`
}

/** Text of a label in Prometheus' exposition format. */
const label = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

/** For a file that node_exporter's textfile collector reads. */
export const prometheusLines = (report: CheckReport): string[] => {
  const { check, name = '', code, findings } = report
  const common = `check="${label(check)}",name="${label(name)}"`
  const lines = [
    '# HELP mq_check_status Result of mq check: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.',
    '# TYPE mq_check_status gauge',
    `mq_check_status{${common}} ${code}`
  ]
  const known = findings.filter(({ value }) => value !== undefined)
  if (known.length === 0) return lines
  lines.push('# HELP mq_check_value What mq check measured.', '# TYPE mq_check_value gauge')
  for (const { name: rule, of = '', value } of known) {
    lines.push(`mq_check_value{${common},rule="${label(rule)}",of="${label(of)}"} ${value}`)
  }
  return lines
}

/** For people: the result, and a line a figure. */
export const textLines = (report: CheckReport): string[] => {
  const { check, name, status, reason, findings } = report
  const head = `${status}  ${check}${name === undefined ? '' : ` ${printable(name)}`}`
  if (reason !== undefined) return [head, `  ${printable(reason)}`]
  const widest = Math.max(0, ...findings.map(finding => nameOf(finding).length))
  return [
    head,
    ...findings.map(finding => {
      const place = nameOf(finding).padEnd(widest)
      return `  ${finding.status.padEnd(8)}  ${place}  ${figure(finding).padStart(10)}  ${finding.what}${limitText(finding)}`
    })
  ]
}
