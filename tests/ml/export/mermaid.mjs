// Reads flowcharts with Mermaid's own parser: a JSON array of texts on stdin, and on stdout for
// each its nodes and edges, with labels as they would be shown.
//
//     npm install --no-save mermaid jsdom
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");

const shown = (text) =>
  (text ?? "").replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

await mermaid.parse("flowchart LR\n  a"); // loads the kinds of diagrams there are

const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  answers.push({
    direction: db.getDirection(),
    nodes: [...db.getVertices().values()].map((node) => [node.id, shown(node.text), node.type]),
    edges: db.getEdges().map((edge) => [edge.start, edge.end, shown(edge.text), edge.stroke]),
  });
}
process.stdout.write(JSON.stringify(answers));
