/**
 * Writes the three files of a new request code: schema, handler, test.
 *   npm run new -- request GET_SOMETHING 999 broker/requests/query
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const usage = 'npm run new -- request NAME CODE FOLDER    (FOLDER: broker/requests/query, namesrv/requests, …)'

const stop = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

const [kind, name = '', code = '', folder = ''] = process.argv.slice(2)
if (
  kind !== 'request' ||
  !/^[A-Z][A-Z0-9_]+$/.test(name) ||
  !/^\d+$/.test(code) ||
  !/^(broker|namesrv)\/requests/.test(folder)
) {
  stop(usage)
}

const kebab = name.toLowerCase().replaceAll('_', '-')
const camel = kebab.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const up = '../'.repeat(folder.split('/').length)
const words: Record<string, string> = { NAME: name, code, kebab, camel, folder, up }

const files = {
  schema: `src/protocol/requests/${kebab}.ts`,
  handler: `src/${folder}/${kebab}.ts`,
  test: `test/${folder}/${kebab}.test.ts`
}

for (const [template, file] of Object.entries(files)) {
  if (existsSync(file)) stop(`${file} exists already`)
  const text = readFileSync(`scripts/templates/${template}.txt`, 'utf8')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => words[word] ?? stop(`no word ${word}`))
  )
  process.stdout.write(`wrote ${file}\n`)
}
process.stdout.write(`now add ${camel}Route to the list of routes, and run: npm run generate\n`)
