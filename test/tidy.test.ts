/**
 * The style of mq as a test: what a reader relies on is checked, not hoped for.
 * A limit that must grow is raised here, in the open, in the change that needs it.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'

const linesMax = 400
const vagueNames = /(^|\/)(utils?|helpers?|common|misc|shared|managers?|services?)(\/|\.ts)/

const filesBelow = (dir: string, ending: RegExp): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, encoding: 'utf8' })
        .filter(name => ending.test(name))
        .map(name => join(dir, name))
    : []

const sources = [...filesBelow('src', /\.tsx?$/), ...filesBelow('commands', /\.ts$/)]
const tests = new Set(filesBelow('test', /\.test\.tsx?$/))
const text = (file: string): string => readFileSync(file, 'utf8')

/** Rules of the form "this pattern, nowhere but in these places". */
const banned: { readonly what: string; readonly pattern: RegExp; readonly except: RegExp }[] = [
  {
    what: 'the clock is an argument',
    pattern: /\bDate\.now\(|\bperformance\.now\(|new Date\(\)/,
    except: /^src\/kit\//
  },
  { what: 'chance is an argument', pattern: /\bMath\.random\(|\brandomBytes\(|\brandomUUID\(/, except: /^src\/kit\// },
  { what: 'timers come from the clock', pattern: /\bset(Timeout|Interval)\(/, except: /^src\/kit\// },
  { what: 'leftovers', pattern: /\b(TODO|FIXME|XXX|HACK)\b/, except: /SCHEDULE_TOPIC_XXXX/ },
  { what: 'no wholesale re-export', pattern: /^export \* /m, except: /^src\/index\.ts$/ }
]

describe('tidy', () => {
  for (const file of sources) {
    it(file, () => {
      const source = text(file)
      expect(source.split('\n').length, 'lines: split by subject, or raise linesMax with a reason').to.be.at.most(
        linesMax
      )
      // `mq service` is the users' word for what systemd runs.
      if (!file.startsWith('commands/service/')) {
        expect(file, 'a file is named after its one subject').not.to.match(vagueNames)
      }
      for (const rule of banned) {
        if (!rule.except.test(file)) {
          const lines = source.split('\n').filter(line => rule.pattern.test(line) && !rule.except.test(line))
          expect(lines, rule.what).to.deep.equal([])
        }
      }
    })
  }

  it('one request code: one schema file, one handler file, one test, all of the same name', () => {
    const schemas = filesBelow('src/protocol/requests', /\.ts$/)
      .filter(file => /^export const \w+ = request\(/m.test(text(file)))
      .map(file => file.replace(/^.*\//, ''))
    expect(schemas.length).to.be.greaterThan(0)
    const handlers = [...filesBelow('src/namesrv/requests', /\.ts$/), ...filesBelow('src/broker/requests', /\.ts$/)]
    const missing: string[] = []
    for (const name of schemas) {
      const own = handlers.filter(file => file.endsWith(`/${name}`))
      const clientSide = /^ \* Answered by: clients/m.test(text(`src/protocol/requests/${name}`))
      if (own.length === 0 && !clientSide) missing.push(`${name}: no handler`)
      for (const handler of own) {
        const mirror = handler.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts')
        if (!tests.has(mirror)) missing.push(`${mirror}: no such test`)
      }
    }
    expect(missing).to.deep.equal([])
  })

  it('every command has a test of the same name', () => {
    const missing = filesBelow('commands', /\.ts$/)
      .map(file => `test/${file.replace(/\.ts$/, '.test.ts')}`)
      .filter(file => !tests.has(file))
    expect(missing).to.deep.equal([])
  })

  it('no test sleeps', () => {
    const sleepers = [...tests].filter(
      file => file !== 'test/tidy.test.ts' && /setTimeout\([^,]+,\s*\d|\bsleep\(|timers\/promises/.test(text(file))
    )
    expect(sleepers).to.deep.equal([])
  })

  it('the layer check saw every source', function () {
    this.timeout(60_000)
    const report = execFileSync(
      'node_modules/.bin/depcruise',
      ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src', 'commands'],
      { encoding: 'utf8', maxBuffer: 1 << 28 }
    )
    const { modules } = JSON.parse(report) as { modules: { source: string }[] }
    const seen = new Set(modules.map(module => module.source))
    expect(sources.filter(file => !seen.has(file))).to.deep.equal([])
  })
})
