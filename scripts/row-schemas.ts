/**
 * Writes src/admin/row-schemas.ts: a JSON Schema of each interface and type that src/admin exports (and of
 * src/cli/result-rows.ts): `npm run docs:schemas`. It reads the syntax alone, which takes no type checker and a tenth of
 * a second; a form that it does not know stops it, so that no schema is vaguer than its type.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

type Schema = Readonly<Record<string, unknown>>
type Declared = ts.InterfaceDeclaration | ts.TypeAliasDeclaration

/** What the names of type parameters stand for. */
type Bound = ReadonlyMap<string, Schema>

const target = 'src/admin/row-schemas.ts'
const reference = '#/components/schemas/'

class Source {
  readonly path: string
  readonly declared = new Map<string, Declared>()
  readonly imported = new Map<string, { readonly path: string; readonly name: string }>()

  constructor(path: string) {
    this.path = path
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true)
    for (const statement of file.statements) {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
        this.declared.set(statement.name.text, statement)
      }
      if (ts.isImportDeclaration(statement)) this.#noteNames(statement, statement.importClause?.namedBindings)
      if (ts.isExportDeclaration(statement)) this.#noteNames(statement, statement.exportClause)
    }
  }

  #noteNames(
    { moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration,
    names: ts.NamedImportBindings | ts.NamedExportBindings | undefined
  ): void {
    if (moduleSpecifier === undefined || names === undefined || !('elements' in names)) return
    const from = (moduleSpecifier as ts.StringLiteral).text
    if (!from.startsWith('.')) return
    const path = normalize(join(dirname(this.path), from))
    for (const { name, propertyName } of names.elements) {
      this.imported.set(name.text, { path, name: (propertyName ?? name).text })
    }
  }
}

const isExported = (node: Declared): boolean =>
  node.modifiers?.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword) === true

/** Interfaces with methods are no data. */
const isData = (node: Declared): boolean =>
  node.typeParameters === undefined &&
  (ts.isTypeAliasDeclaration(node) ? !ts.isFunctionTypeNode(node.type) : node.members.every(ts.isPropertySignature))

class Schemas {
  readonly #sources = new Map<string, Source>()
  readonly #roots: ReadonlySet<string>

  constructor(roots: readonly string[]) {
    this.#roots = new Set(roots)
  }

  all(): ReadonlyMap<string, Schema> {
    const found = new Map<string, Schema>()
    for (const root of [...this.#roots].sort()) {
      const source = this.#source(root)
      for (const [name, node] of source.declared) {
        if (!isExported(node) || !isData(node)) continue
        // What can be called or fired is no data, and neither is what holds it.
        const schema = this.#optional(source, node)
        if (schema === undefined) continue
        if (found.has(name)) throw new Error(`two files export a type ${name}: rows need names of their own`)
        found.set(name, schema)
      }
    }
    return new Map([...found].sort(([left], [right]) => (left < right ? -1 : 1)))
  }

  #optional(source: Source, node: Declared): Schema | undefined {
    try {
      return this.#declaration(source, node, new Map())
    } catch (error) {
      if (error instanceof NoData) return undefined
      throw error
    }
  }

  #source(path: string): Source {
    const source = this.#sources.get(path) ?? new Source(path)
    this.#sources.set(path, source)
    return source
  }

  #declaration(source: Source, node: Declared, bound: Bound): Schema {
    const about = description(node)
    if (ts.isTypeAliasDeclaration(node)) return { ...about, ...this.#type(source, node.type, bound) }
    const { properties, required } = this.#members(source, node, bound)
    return { ...about, ...record(properties, required) }
  }

  #members(source: Source, node: ts.InterfaceDeclaration, bound: Bound): Members {
    const properties: Record<string, Schema> = {}
    const required: string[] = []
    for (const clause of node.heritageClauses ?? []) {
      for (const type of clause.types) {
        const name = type.expression.getText()
        const base = this.#find(source, name)
        if (base === undefined || !ts.isInterfaceDeclaration(base.node)) throw unknown(source, type)
        const inherited = this.#members(
          base.source,
          base.node,
          this.#bind(source, base.node, type.typeArguments, bound)
        )
        Object.assign(properties, inherited.properties)
        required.push(...inherited.required)
      }
    }
    const own = this.#properties(source, node.members, bound)
    Object.assign(properties, own.properties)
    return { properties, required: [...new Set([...required, ...own.required])] }
  }

  #properties(source: Source, members: readonly ts.TypeElement[], bound: Bound): Members {
    const properties: Record<string, Schema> = {}
    const required: string[] = []
    for (const member of members) {
      if (!ts.isPropertySignature(member) || member.type === undefined) throw new NoData()
      const name = (member.name as ts.Identifier | ts.StringLiteral).text
      const schema = this.#type(source, member.type, bound)
      const about = description(member)
      properties[name] = '$ref' in schema ? schema : { ...about, ...schema }
      if (member.questionToken === undefined) required.push(name)
    }
    return { properties, required }
  }

  #bind(source: Source, node: Declared, given: readonly ts.TypeNode[] | undefined, bound: Bound): Bound {
    const names = node.typeParameters ?? []
    return new Map(names.map((parameter, at) => [parameter.name.text, this.#type(source, given![at]!, bound)]))
  }

  #find(source: Source, name: string): { readonly source: Source; readonly node: Declared } | undefined {
    const node = source.declared.get(name)
    if (node !== undefined) return { source, node }
    const from = source.imported.get(name)
    return from === undefined ? undefined : this.#find(this.#source(from.path), from.name)
  }

  #type(source: Source, node: ts.TypeNode, bound: Bound): Schema {
    if (ts.isParenthesizedTypeNode(node)) return this.#type(source, node.type, bound)
    if (ts.isTypeOperatorNode(node)) return this.#type(source, node.type, bound)
    if (ts.isArrayTypeNode(node)) return { type: 'array', items: this.#type(source, node.elementType, bound) }
    if (ts.isTupleTypeNode(node)) return this.#tuple(source, node, bound)
    if (ts.isUnionTypeNode(node)) return this.#union(source, node.types, bound)
    if (ts.isIntersectionTypeNode(node)) return this.#intersection(source, node, bound)
    if (ts.isTypeLiteralNode(node)) {
      const { properties, required } = this.#properties(source, node.members, bound)
      return record(properties, required)
    }
    if (ts.isLiteralTypeNode(node)) return literal(source, node)
    if (ts.isTypeReferenceNode(node)) return this.#reference(source, node, bound)
    if (ts.isIndexedAccessTypeNode(node)) return this.#indexed(source, node, bound)
    if (node.kind === ts.SyntaxKind.StringKeyword) return { type: 'string' }
    if (node.kind === ts.SyntaxKind.NumberKeyword) return { type: 'number' }
    if (node.kind === ts.SyntaxKind.BooleanKeyword) return { type: 'boolean' }
    if (node.kind === ts.SyntaxKind.UnknownKeyword || node.kind === ts.SyntaxKind.ObjectKeyword) return {}
    if (ts.isFunctionTypeNode(node)) throw new NoData()
    throw unknown(source, node)
  }

  #tuple(source: Source, node: ts.TupleTypeNode, bound: Bound): Schema {
    const items = node.elements.map(element =>
      this.#type(source, ts.isNamedTupleMember(element) ? element.type : element, bound)
    )
    return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length }
  }

  #intersection(source: Source, node: ts.IntersectionTypeNode, bound: Bound): Schema {
    const properties: Record<string, Schema> = {}
    const required: string[] = []
    for (const part of node.types) {
      const found = ts.isTypeReferenceNode(part) ? this.#find(source, part.typeName.getText()) : undefined
      if (found === undefined || !ts.isInterfaceDeclaration(found.node)) throw unknown(source, part)
      const members = this.#members(found.source, found.node, bound)
      Object.assign(properties, members.properties)
      required.push(...members.required)
    }
    return record(properties, [...new Set(required)])
  }

  #union(source: Source, types: readonly ts.TypeNode[], bound: Bound): Schema {
    const given = types.filter(type => type.kind !== ts.SyntaxKind.UndefinedKeyword)
    const schemas = given.map(type => this.#type(source, type, bound))
    if (schemas.length === 1) return schemas[0]!
    if (schemas.every(schema => 'const' in schema)) return { enum: schemas.map(schema => schema['const']) }
    if (schemas.every(schema => typeof schema['type'] === 'string' && Object.keys(schema).length === 1)) {
      return { type: schemas.map(schema => schema['type']) }
    }
    return { anyOf: schemas }
  }

  #indexed(source: Source, node: ts.IndexedAccessTypeNode, bound: Bound): Schema {
    const of = ts.isTypeReferenceNode(node.objectType)
      ? this.#find(source, node.objectType.typeName.getText())
      : undefined
    const key = node.indexType
    if (of === undefined || !ts.isLiteralTypeNode(key) || !ts.isStringLiteral(key.literal)) throw unknown(source, node)
    const whole = this.#declaration(of.source, of.node, bound)
    const found = (whole['properties'] as Record<string, Schema> | undefined)?.[key.literal.text]
    if (found === undefined) throw unknown(source, node)
    return found
  }

  #reference(source: Source, node: ts.TypeReferenceNode, bound: Bound): Schema {
    const name = node.typeName.getText()
    const given = node.typeArguments ?? []
    const standsFor = bound.get(name)
    if (standsFor !== undefined) return standsFor
    if (name === 'Readonly') return this.#type(source, given[0]!, bound)
    if (name === 'ReadonlyArray' || name === 'Array') {
      return { type: 'array', items: this.#type(source, given[0]!, bound) }
    }
    if (name === 'Record') return { type: 'object', additionalProperties: this.#type(source, given[1]!, bound) }
    if (/^(AbortSignal|Buffer|Uint8Array|Map|ReadonlyMap|Set|ReadonlySet|Promise|AsyncIterable)$/.test(name)) {
      throw new NoData()
    }
    if (/^(Omit|Pick|Partial)$/.test(name)) return this.#picked(source, name, given, bound)
    const found = this.#find(source, name)
    if (found === undefined) throw unknown(source, node)
    if (isExported(found.node) && isData(found.node) && this.#roots.has(found.source.path)) {
      return { $ref: `${reference}${found.node.name.text}` }
    }
    return this.#declaration(found.source, found.node, this.#bind(source, found.node, given, bound))
  }

  #picked(source: Source, act: string, given: readonly ts.TypeNode[], bound: Bound): Schema {
    const [of, keys] = given
    const found = ts.isTypeReferenceNode(of!) ? this.#find(source, of.typeName.getText()) : undefined
    if (found === undefined || !ts.isInterfaceDeclaration(found.node)) throw unknown(source, of!)
    const { properties, required } = this.#members(found.source, found.node, bound)
    if (act === 'Partial') return record(properties, [])
    const named = this.#type(source, keys!, bound)
    const names = new Set((named['enum'] ?? [named['const']]) as string[])
    const stays = (name: string): boolean => names.has(name) === (act === 'Pick')
    return record(
      Object.fromEntries(Object.entries(properties).filter(([name]) => stays(name))),
      required.filter(stays)
    )
  }
}

interface Members {
  readonly properties: Record<string, Schema>
  readonly required: readonly string[]
}

/** Something that has no JSON. */
class NoData extends Error {}

const unknown = (source: Source, node: ts.Node): Error =>
  new Error(`${source.path}: there is no schema for the form of the type \`${node.getText()}\``)

const record = (properties: Record<string, Schema>, required: readonly string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties
})

const literal = (source: Source, { literal: value }: ts.LiteralTypeNode): Schema => {
  if (ts.isStringLiteral(value)) return { const: value.text }
  if (ts.isNumericLiteral(value)) return { const: Number(value.text) }
  if (value.kind === ts.SyntaxKind.TrueKeyword) return { const: true }
  if (value.kind === ts.SyntaxKind.FalseKeyword) return { const: false }
  if (value.kind === ts.SyntaxKind.NullKeyword) return { type: 'null' }
  throw unknown(source, value)
}

const description = (node: ts.Node): { readonly description?: string } => {
  const found = ts.getJSDocCommentsAndTags(node).at(-1)
  // The first comment of a file is about the file.
  const comment = found?.pos === 0 ? undefined : found?.comment
  const text = typeof comment === 'string' ? comment.replaceAll(/\s+/g, ' ').trim() : ''
  return text === '' ? {} : { description: text }
}

const head = `/** JSON Schemas of the rows: made of the interfaces of src/admin by \`npm run docs:schemas\`; do not edit. */
// biome-ignore-all format: one row a line, so that a change shows which row it is of

`

/** The whole file. */
export const rowSchemasText = (): string => {
  const files = readdirSync('src/admin', { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join('src/admin', name))
    .filter(path => path !== target)
  const rows = new Schemas([...files, ...['src/cli/result-rows.ts'].filter(path => existsSync(path))]).all()
  const lines = Array.from(rows, ([name, schema]) => `  ${name}: ${JSON.stringify(schema)}`)
  const table = `export const rowSchemas = {\n${lines.join(',\n')}\n} satisfies Readonly<Record<string, object>>`
  return `${head}${table}\n\nexport type RowName = keyof typeof rowSchemas\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(target, rowSchemasText())
