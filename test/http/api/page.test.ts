import { expect } from 'chai'
import { type PageQuery, page } from '../../../src/http/api/page.ts'
import type { MqError } from '../../../src/kit/errors.ts'

interface Named {
  readonly name: string
  readonly lag: number
}

interface Page {
  readonly items: readonly Named[]
  readonly truncated: boolean
  readonly next: string | null
}

describe('a page of a list', () => {
  const rows = (count: number): Named[] =>
    Array.from({ length: count }, (_, at) => ({ name: `n${String(at).padStart(3, '0')}`, lag: (at * 7) % 5 }))
  const ask = (items: readonly Named[], query: PageQuery): Page =>
    page({ items, warnings: [] }, query, row => row.name).body as Page
  const all = (items: readonly Named[], query: PageQuery): Named[] => {
    const seen: Named[] = []
    let cursor: string | null = null
    do {
      const got: Page = ask(items, { ...query, ...(cursor === null ? {} : { cursor }) })
      expect(got.truncated).to.equal(got.next !== null)
      seen.push(...got.items)
      cursor = got.next
    } while (cursor !== null)
    return seen
  }

  it('goes through all of them, each once', () => {
    expect(all(rows(25), { limit: 10 })).to.deep.equal(rows(25))
  })

  it('jumps over nothing when items come and go in between', () => {
    const { next } = ask(rows(20), { limit: 10 })
    const changed = rows(20).filter(row => row.name !== 'n003')
    expect(ask(changed, { limit: 10, cursor: next! }).items).to.deep.equal(rows(20).slice(10))
  })

  it('shows what matches only, and refuses a cursor of another kind or order', () => {
    const wanted = rows(30).filter(row => row.name.includes('01'))
    expect(ask(rows(30), { limit: 5, match: '01' })).to.deep.include({ truncated: true, items: wanted.slice(0, 5) })
    const refused = (query: PageQuery): void => {
      expect(() => ask(rows(3), query))
        .to.throw('not one that a page')
        .with.property('code', 'MQ_USAGE' satisfies MqError['code'])
    }
    refused({ limit: 1, cursor: 'AAAA' })
    refused({ limit: 1, cursor: Buffer.from('null').toString('base64url') })
    refused({ limit: 1, sort: 'lag', cursor: ask(rows(3), { limit: 1 }).next! })
  })

  it('is sorted by a field, both ways, over all pages', () => {
    const byLag = rows(25).sort((left, right) => right.lag - left.lag || (left.name < right.name ? -1 : 1))
    expect(all(rows(25), { limit: 4, sort: '-lag' })).to.deep.equal(byLag)
    expect(all(rows(25), { limit: 4, sort: 'lag' }).map(row => row.lag)).to.deep.equal(byLag.map(row => row.lag).sort())
    expect(all(rows(5), { limit: 2, sort: 'unknown' })).to.deep.equal(rows(5))
  })

  it('keeps rows and fields that are wished', () => {
    const names = (filter: string[]): string[] => all(rows(10), { limit: 3, filter }).map(row => row.name)
    expect(names(['lag>3'])).to.deep.equal(['n002', 'n007'])
    expect(names(['lag<=1', 'name~00', 'name!=n000'])).to.deep.equal(['n003', 'n005', 'n008'])
    expect(names(['name=n004'])).to.deep.equal(['n004'])
    expect(() => names(['lag>x'])).to.throw('no number')
    expect(ask(rows(1), { limit: 1, fields: 'lag,none' }).items).to.deep.equal([{ lag: 0 }])
  })
})
