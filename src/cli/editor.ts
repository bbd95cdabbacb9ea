/** Lets a person edit a text in their own editor. */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MqError } from '../kit/errors.ts'

/** The text as it was saved. Rejects with MQ_USAGE without an editor, MQ_DECLINED when the editor fails. */
export const edited = async (
  text: string,
  name: string,
  env: Readonly<Record<string, string | undefined>>
): Promise<string> => {
  const editor = env['VISUAL'] || env['EDITOR']
  if (editor === undefined || editor === '') {
    throw new MqError('MQ_USAGE', 'there is no editor to open', { suggestions: ['set EDITOR, as in EDITOR=vi'] })
  }
  const dir = await mkdtemp(join(tmpdir(), 'mq-edit-'))
  const file = join(dir, name)
  try {
    // Settings may hold secrets: nobody else reads the file.
    await writeFile(file, text, { mode: 0o600 })
    const code = await run(editor, file)
    if (code !== 0) throw new MqError('MQ_DECLINED', `the editor ended with ${code}, so nothing was changed`)
    return await readFile(file, 'utf8')
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** The editor may have flags, so a shell splits it; the file is passed beside it, not inside. */
const run = (editor: string, file: string): Promise<number | string> =>
  new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'editor', file], { stdio: 'inherit' })
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'no code'))
  })
