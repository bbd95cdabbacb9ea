import { Args } from '@oclif/core'
import { type ListResult, MqCommand } from '../src/cli/command.ts'
import { findErrors } from '../src/cli/error-table.ts'
import { listOf } from '../src/cli/result.ts'
import type { ErrorInfo } from '../src/cli/result-rows.ts'
import { MqError } from '../src/kit/errors.ts'

export default class ErrorsCommand extends MqCommand {
  static override summary = 'explain an error code, of mq or of RocketMQ'
  static override description =
    'Takes a code (17, MQ_TIMEOUT), a name (TOPIC_NOT_EXIST), or a part of one; without one it lists all.'
  static override examples = [
    '<%= config.bin %> errors 17',
    '<%= config.bin %> errors MQ_NO_ROUTE',
    '<%= config.bin %> errors topic'
  ]
  static override args = { code: Args.string({ ignoreStdin: true, description: 'code, name, or a part of a name' }) }
  static override result = listOf('ErrorInfo')

  async run(): Promise<ListResult<ErrorInfo>> {
    const { args } = await this.parse(ErrorsCommand)
    const items = findErrors(args.code)
    if (items.length === 0)
      throw new MqError('MQ_NOT_FOUND', `no code, and no name of one, has ${JSON.stringify(args.code)} in it`)
    this.table(items, [
      { title: 'CODE', value: row => row.code },
      { title: 'NAME', value: row => row.name, wide: true },
      { title: 'EXIT', value: row => row.exitCode, align: 'right' },
      { title: 'RETRY', value: row => (row.retryable ? 'yes' : 'no') },
      { title: 'MEANING', value: row => row.meaning },
      { title: 'WHAT TO DO', value: row => row.suggestion, wide: true }
    ])
    if (items.length === 1 && items[0]!.suggestion !== undefined) this.log(`\nTry this: ${items[0]!.suggestion}`)
    return { items, truncated: false, next: null, warnings: [] }
  }
}
