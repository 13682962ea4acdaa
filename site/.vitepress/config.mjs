import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { withMermaid } from 'vitepress-plugin-mermaid'

const site = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const docs = path.resolve(site, '../docs')

// Where the source is published. Pages link to files outside of docs, such as tests, by a path; the site links to them there.
const repository = 'https://github.com/cached-connection/cached-connection'

const rooms = {
  'getting-started': 'Getting started',
  'how-to': 'How to',
  reference: 'Reference',
  explanation: 'Explanation',
  internals: 'Internals',
}

function title(file) {
  return readFileSync(file, 'utf8').split('\n', 1)[0].replace(/^# /, '')
}

// The order of the index; the test of the documents sees to it that every page is there.
const index = readFileSync(path.join(docs, 'index.md'), 'utf8')

function sidebar() {
  return Object.entries(rooms).map(([room, text]) => ({
    text,
    collapsed: room === 'internals',
    items: readdirSync(path.join(docs, room))
      .filter((name) => name.endsWith('.md'))
      .sort((a, b) => index.indexOf(`${room}/${a}`) - index.indexOf(`${room}/${b}`))
      .map((name) => ({ text: title(path.join(docs, room, name)), link: `/${room}/${name.replace(/(index)?\.md$/, '')}` })),
  }))
}

// A link that leaves docs leads to the repository, if the file is there; else the build fails.
function linksOutside(markdown) {
  const render = markdown.renderer.rules.link_open ?? ((tokens, i, options, env, self) => self.renderToken(tokens, i, options))
  markdown.renderer.rules.link_open = (tokens, i, options, env, self) => {
    const href = tokens[i].attrGet('href')
    if (href && !/^([a-z]+:|#|\/)/.test(href)) {
      const [target, anchor] = href.split('#')
      const file = path.resolve(path.dirname(path.join(docs, env.relativePath)), target)
      const inDocs = !path.relative(docs, file).startsWith('..')
      if (!inDocs || !target.endsWith('.md')) {
        if (!existsSync(file)) {
          throw new Error(`${env.relativePath} links to ${href}, which is not there`)
        }
        const from = path.relative(path.resolve(docs, '..'), file)
        tokens[i].attrSet('href', `${repository}/blob/main/${from}${anchor ? `#${anchor}` : ''}`)
      }
    }
    return render(tokens, i, options, env, self)
  }
}

export default withMermaid(
  defineConfig({
    srcDir: '../docs',
    title: 'cached-connection',
    description: 'A Jakarta EE cache over Redis that does not serve outdated values',
    lang: 'en',
    cleanUrls: true,
    head: [['link', { rel: 'icon', href: 'data:,' }]],
    markdown: { config: linksOutside },
    vite: {
      // The pages are outside of this folder, and so would not find what stands in node_modules here.
      resolve: {
        alias: [
          { find: /^vue$/, replacement: path.join(site, 'node_modules/vue/dist/vue.runtime.esm-bundler.js') },
          { find: /^vue\/server-renderer$/, replacement: path.join(site, 'node_modules/vue/server-renderer/index.mjs') },
        ],
      },
      build: { chunkSizeWarningLimit: 4000 },
    },
    themeConfig: {
      nav: Object.entries(rooms)
        .slice(0, 4)
        .map(([room, text]) => ({ text, link: sidebar().find((group) => group.text === text).items[0].link })),
      sidebar: sidebar(),
      outline: [2, 3],
      search: {
        provider: 'local',
        options: {
          miniSearch: {
            searchOptions: {
              fuzzy: 0.2,
              prefix: true,
              // What users read comes before what maintainers read.
              boostDocument: (id) => (/internals|messages/.test(id) ? 0.3 : 1),
            },
          },
        },
      },
      socialLinks: [{ icon: 'github', link: repository }],
    },
  }),
)
