/** `consume --exec`: runs a command for each message, with the body on its standard input and the rest in variables. */
import { spawn } from 'node:child_process'
import type { ReceivedMessage } from '../client/received-message.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { writeOut } from './lines.ts'

/** What the command learns of the message besides its body. A NUL cannot stand in a variable. */
export const messageVariables = (message: ReceivedMessage): Record<string, string> => {
  const variables: Record<string, string> = {
    MQ_TOPIC: message.topic,
    MQ_BROKER: message.brokerName,
    MQ_QUEUE: String(message.queueId),
    MQ_OFFSET: String(message.queueOffset),
    MQ_MESSAGE_ID: message.messageId,
    MQ_KEYS: message.properties.get('KEYS') ?? '',
    MQ_TAGS: message.properties.get('TAGS') ?? '',
    MQ_BORN_MS: String(message.bornTimestamp),
    MQ_STORED_MS: String(message.storeTimestamp),
    MQ_RECONSUME_TIMES: String(message.reconsumeTimes),
    MQ_PROPERTIES: JSON.stringify(Object.fromEntries(message.properties))
  }
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.replaceAll('\0', '')]))
}

/** Resolves to the command's exit code when it has ended and its output is written. Rejects when there is no shell. */
export const execMessage = async (command: string, message: ReceivedMessage): Promise<number> => {
  const child = spawn('sh', ['-c', command], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...messageVariables(message) }
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', error => reject(new MqError('MQ_USAGE', `--exec cannot run: ${errorText(error)}`)))
    // A shell says 128 + N for a command that signal N ended; so does this for the shell.
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
  // A command need not read its input.
  child.stdin.on('error', () => {})
  child.stdin.end(message.body)
  const copying = (async () => {
    for await (const part of child.stdout) await writeOut(part as Buffer)
  })()
  const [code] = await Promise.all([ended, copying])
  return code
}
