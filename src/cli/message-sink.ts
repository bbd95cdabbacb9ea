/** Where `consume` puts a message: on stdout, into files, or into a command. */
import type { ReceivedMessage } from '../client/received-message.ts'
import { writeOut, writeThrough } from './lines.ts'
import { messagePrinter } from './message-printer.ts'
import type { Screen } from './table.ts'

/** Resolves to whether the message is done; when it is, nothing of it is still on its way. */
export type MessageSink = (message: ReceivedMessage, counter: number) => Promise<boolean>

export interface SinkFlags {
  readonly format?: string | undefined
  readonly exec?: string | undefined
  readonly dump?: string | undefined
  readonly group?: string | undefined
}

/** Throws MQ_USAGE for a format or directory that cannot be used. */
export const messageSink = async (flags: SinkFlags, json: boolean, screen: Screen): Promise<MessageSink> => {
  // Only what is acknowledged afterwards has to be waited for.
  const write = flags.group === undefined ? writeOut : writeThrough
  const { exec, dump } = flags
  if (exec !== undefined) {
    const { execMessage } = await import('./message-exec.ts')
    return async message => (await execMessage(exec, message)) === 0
  }
  if (dump !== undefined) {
    const { messageFiles } = await import('./message-files.ts')
    const put = await messageFiles(dump)
    return async message => {
      await write(`${await put(message)}\n`)
      return true
    }
  }
  const print = messagePrinter(flags.format, json, screen)
  return async (message, counter) => {
    await write(print(message, counter))
    return true
  }
}
