// A device of PouchDB's: told by lines what to do, answers each with a line (tests/bench/peers/told.py).
//
//     node device.js FOLDER-OF-PACKAGES DATABASE [http://127.0.0.1:PORT/bench]
//
// Its documents are in LevelDB, as is usual in Node. LevelDB does not wait for the disk: PouchDB has
// no setting for it. A thousand documents a batch: with the hundred that it has by itself it is slower.
const fs = require('fs')
const path = require('path')
const readline = require('readline')

const [packages, folder, server] = process.argv.slice(2)
const PouchDB = require(path.join(packages, 'node_modules', 'pouchdb'))
const batches = { batch_size: 1000 }
const here = new PouchDB(folder)
const there = server && new PouchDB(server)

const told = ({ id, ...fields }) => ({ _id: id, ...fields })

async function timed (job) {
  const began = process.hrtime.bigint()
  await job()
  return { s: Number(process.hrtime.bigint() - began) / 1e9 }
}

async function succeeds (replication) {
  const said = await replication
  if (!said.ok || said.doc_write_failures) throw new Error(JSON.stringify(said))
}

const jobs = {
  async fill ({ path }) {
    const said = await here.bulkDocs(JSON.parse(fs.readFileSync(path)).map(told))
    if (said.some(one => one.error)) throw new Error('not written')
    return {}
  },
  insert: ({ document }) => timed(() => here.put(told(document))),
  push: () => timed(() => succeeds(here.replicate.to(there, batches))),
  async pull () {
    const took = await timed(() => succeeds(here.replicate.from(there, batches)))
    return { ...took, holds: (await here.info()).doc_count }
  },
  nothing: () => timed(async () => {
    await succeeds(here.replicate.to(there, batches))
    await succeeds(here.replicate.from(there, batches))
  }),
  one: ({ document }) => timed(async () => {
    await here.put(told(document))
    await succeeds(here.replicate.to(there, batches))
  })
}

async function main () {
  if (there) await there.info()
  process.stdout.write('{}\n')
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line)
    process.stdout.write(JSON.stringify(await jobs[asked.do](asked)) + '\n')
  }
}

main().catch(why => { console.error(why); process.exit(1) })
