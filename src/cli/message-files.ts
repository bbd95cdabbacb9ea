/** `consume --dump`: each message as two files, the bytes of its body and, as JSON, everything else. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageRow } from '../admin/message-row.ts'
import type { ReceivedMessage } from '../client/received-message.ts'
import { errorText, MqError } from '../kit/errors.ts'

/** A name that is the same for the same message, and that no topic or broker can lead out of the directory. */
const fileName = ({ topic, brokerName, queueId, queueOffset }: ReceivedMessage): string =>
  [topic, brokerName, queueId, String(queueOffset).padStart(20, '0')].map(part => encodeURIComponent(part)).join('.')

/** Makes the directory. Rejects with MQ_USAGE. */
export const messageFiles = async (dir: string): Promise<(message: ReceivedMessage) => Promise<string>> => {
  const failed = (error: unknown): MqError =>
    new MqError('MQ_USAGE', `--dump cannot write to ${dir}: ${errorText(error)}`, { cause: error })
  await mkdir(dir, { recursive: true }).catch(error => {
    throw failed(error)
  })
  /** Resolves to the body's path. A file is there in full or not at all. */
  return async message => {
    const { body: _, bodyEncoding: __, ...rest } = messageRow(message)
    const path = join(dir, fileName(message))
    try {
      await put(`${path}.json`, `${JSON.stringify(rest, undefined, 2)}\n`)
      await put(`${path}.body`, message.body)
    } catch (error) {
      throw failed(error)
    }
    return `${path}.body`
  }
}

const put = async (path: string, content: Buffer | string): Promise<void> => {
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}
