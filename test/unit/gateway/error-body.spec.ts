import {
  type ErrorBody,
  parseErrorBody,
} from "../../../src/modules/masspay-gateway/http/error-body"

const parse = (json: unknown) => parseErrorBody(JSON.stringify(json))
const texts = (count: number) =>
  Array.from({ length: count }, (_, index) => `reason ${index}`)

describe("the body of an answer", () => {
  it.each<[string, string, ErrorBody]>([
    ["nothing at all", "", { shape: "empty", title: "", texts: [] }],
    ["white space", " \r\n\t", { shape: "empty", title: "", texts: [] }],
    ["a page", "<html></html>", { shape: "other", title: "", texts: [] }],
    ["a list", '["no"]', { shape: "other", title: "", texts: [] }],
    ["null", "null", { shape: "other", title: "", texts: [] }],
    ["a number", "1", { shape: "other", title: "", texts: [] }],
    [
      "JSON without a message, whatever its code",
      '{"title":"Bad","code":400,"error":{"reason":"why"}}',
      { shape: "other", title: "Bad", texts: [] },
    ],
    [
      "a message that is no text",
      '{"message":["no"],"code":400}',
      { shape: "other", title: "", texts: [] },
    ],
    [
      "a message alone, which any gateway writes",
      '{"message":"Forbidden"}',
      { shape: "generic", title: "", texts: ["Forbidden"] },
    ],
    [
      "a code that is no number",
      '{"message":"Forbidden","code":"400","title":7}',
      { shape: "generic", title: "", texts: ["Forbidden"] },
    ],
    [
      "MassPay's shape without reasons",
      '{"title":"Bad request.","message":"Not accepted.","code":400,"error":{}}',
      { shape: "standard", title: "Bad request.", texts: ["Not accepted."] },
    ],
    [
      "MassPay's shape with reasons, which say more than its message",
      '{"title":"Bad request.","message":"Not accepted.","code":400,"error":{"reason":"why","details":["one",2,"three"]}}',
      {
        shape: "standard",
        title: "Bad request.",
        texts: ["why", "one", "three"],
      },
    ],
    [
      "an error that is a list, which is no error of MassPay",
      '{"message":"Not accepted.","code":400,"error":["why"]}',
      { shape: "standard", title: "", texts: ["Not accepted."] },
    ],
    [
      "MassPay's older shape, also with a message",
      '{"title":"Old","message":"m","code":400,"Exception":"what","Errors":["one",null]}',
      { shape: "legacy", title: "Old", texts: ["what", "one"] },
    ],
  ])("that is %s is read as it is", (_what, text, body) => {
    expect(parseErrorBody(text)).toEqual(body)
  })

  it("yields at most fifty reasons, the first ones", () => {
    const standard = parse({
      message: "m",
      code: 400,
      error: { details: texts(60) },
    })
    const legacy = parse({ Exception: "what", Errors: texts(60) })

    expect(standard.texts).toEqual(texts(50))
    expect(legacy.texts).toEqual(["what", ...texts(50)])
  })
})
