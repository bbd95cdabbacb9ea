/** Asks before something is destroyed. Without a terminal nobody can be asked: then `--yes` or `--confirm NAME` is needed. */
import { createInterface } from 'node:readline/promises'
import { MqError } from '../kit/errors.ts'

export interface Confirmation {
  readonly yes: boolean
  readonly confirm: string | undefined
  readonly 'no-input'?: boolean | undefined
}

/** Returns when confirmed; `what` = the act, as in "deleting the topic x". Throws MQ_DECLINED otherwise. */
export const confirmed = async (what: string, name: string, given: Confirmation): Promise<void> => {
  if (given.confirm !== undefined) {
    if (given.confirm === name) return
    throw new MqError('MQ_DECLINED', `--confirm ${given.confirm} does not match ${name}; nothing was changed`)
  }
  if (given.yes) return
  if (given['no-input'] === true || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw new MqError('MQ_DECLINED', `${what} needs a confirmation, and there is nobody to ask`, {
      suggestions: [`add --confirm ${name}`, 'add --yes']
    })
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`Confirm ${what} by typing its name: `)
    if (answer.trim() !== name) throw new MqError('MQ_DECLINED', 'not confirmed; nothing was changed')
  } finally {
    terminal.close()
  }
}
