/** What the commands of `check` share: limits, forms, and the exit codes of Nagios instead of those of mq. */
import { Flags } from '@oclif/core'
import { type CheckLimits, type CheckReport, type CheckSubject, rulesOf } from '../admin/check-rules.ts'
import type { CheckWish } from '../admin/checks.ts'
import { systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { type CheckFormat, checkFormats, nagiosLine, prometheusLines, textLines } from './check-formats.ts'
import { MqCommand } from './command.ts'
import { type ConnectionFlags, connectionFlags } from './flags.ts'
import { one } from './result.ts'

const unknownCode = 3

/** The figures of a check, for its help. */
export const figuresText = (subject: CheckSubject): string =>
  rulesOf(subject)
    .map(({ name, what, unit, bad, warn, crit }) => {
      const limits = [warn === undefined ? '' : `warn ${warn}`, crit === undefined ? '' : `crit ${crit}`]
      const given = limits.filter(text => text !== '').join(', ')
      return `${name}: ${unit === '' ? '' : `${unit} `}${what}, bad ${bad} the limit${given === '' ? '' : ` [${given}]`}`
    })
    .join('\n')

export const checkFlags = {
  ...connectionFlags,
  warn: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '[FIGURE=]LIMIT',
    description: 'WARNING when a figure passes this; without a name: the first figure'
  }),
  crit: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '[FIGURE=]LIMIT',
    description: 'CRITICAL when a figure passes this'
  }),
  format: Flags.option({ options: checkFormats })({
    char: 'f',
    default: 'nagios',
    description: 'how the result looks'
  })
}

interface LimitFlags {
  readonly warn?: readonly string[] | undefined
  readonly crit?: readonly string[] | undefined
}

/** Throws MQ_USAGE for a figure that the check does not have. */
export const limitsOf = (subject: CheckSubject, flags: LimitFlags): CheckLimits => {
  const rules = rulesOf(subject)
  const limits = new Map<string, { warn?: number; crit?: number }>()
  for (const kind of ['warn', 'crit'] as const) {
    for (const text of flags[kind] ?? []) {
      const match = /^(?:([a-z]+)=)?(-?\d+(?:\.\d+)?)$/.exec(text)
      const rule = rules.find(({ name }) => name === (match?.[1] ?? rules[0]!.name))
      if (match === null || rule === undefined) {
        throw new MqError('MQ_USAGE', `--${kind} ${JSON.stringify(text)} is no limit of this check`, {
          suggestions: [
            `its figures: ${rules.map(({ name }) => name).join(', ')}; for example --${kind} ${rules[0]!.name}=10`
          ]
        })
      }
      limits.set(rule.name, { ...limits.get(rule.name), [kind]: Number(match[2]) })
    }
  }
  return limits
}

export abstract class CheckCommand extends MqCommand {
  static override result = one('CheckReport')

  protected async check(
    flags: ConnectionFlags & LimitFlags & { readonly format: CheckFormat },
    wish: Omit<CheckWish, 'limits'>
  ): Promise<CheckReport> {
    const limits = limitsOf(wish.subject, flags)
    const { checkWithin } = await import('./check-within.ts')
    const report = await checkWithin(act => this.admin(flags, act), { ...wish, limits }, flags.timeout, systemClock)
    const lines = {
      nagios: () => [nagiosLine(report)],
      prometheus: () => prometheusLines(report),
      text: () => textLines(report),
      json: () => [JSON.stringify(report)]
    }
    for (const line of lines[flags.format]()) this.log(line)
    return report.code === 0 ? report : this.endWith(report, report.code)
  }

  /** A monitor takes 2 for a trouble that was found; a command line that is wrong has found nothing. */
  protected override async catch(error: Error): Promise<void> {
    try {
      await super.catch(error)
    } catch (ending) {
      if (error === ending) throw ending
      this.exit(unknownCode)
    }
  }
}
