import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import Value from 'typebox/value';
import { AppError, type FieldProblem, type Messages } from '../errors.js';

/** What is wrong with a field, by the schema keyword it breaks. */
const sentences: Readonly<Record<string, Messages>> = {
  required: { hi: 'यह खाना ज़रूरी है।', en: 'This field is required.' },
  minLength: { hi: 'यह बहुत छोटा है।', en: 'This is too short.' },
  maxLength: { hi: 'यह बहुत लंबा है।', en: 'This is too long.' },
  minimum: { hi: 'यह संख्या बहुत छोटी है।', en: 'This number is too small.' },
  maximum: { hi: 'यह संख्या बहुत बड़ी है।', en: 'This number is too large.' },
  minItems: { hi: 'कम से कम एक चुनें।', en: 'Choose at least one.' },
  maxItems: { hi: 'बहुत अधिक चुने गए हैं।', en: 'Too many are chosen.' },
  uniqueItems: { hi: 'एक ही चीज़ दो बार है।', en: 'The same thing is there twice.' },
  enum: { hi: 'सूची में से चुनें।', en: 'Choose one from the list.' },
  pattern: { hi: 'इसका रूप सही नहीं है।', en: 'This does not have the right form.' },
  additionalProperties: { hi: 'यह खाना यहाँ नहीं चलता।', en: 'This field does not belong here.' },
  type: { hi: 'इसका प्रकार सही नहीं है।', en: 'This is of the wrong kind.' },
};
const anythingElse: Messages = { hi: 'यह मान्य नहीं है।', en: 'This is not valid.' };

interface SchemaError {
  keyword: string;
  instancePath: string;
  params?: unknown;
}

/** Properties named by a `required` or `additionalProperties` error, else the place itself. */
function placesOf(error: SchemaError): string[] {
  const { params } = error;
  if (typeof params === 'object' && params !== null) {
    for (const key of ['requiredProperties', 'additionalProperties']) {
      const names: unknown = Reflect.get(params, key);
      if (Array.isArray(names)) return names.map((name) => `${error.instancePath}/${String(name)}`);
    }
  }
  return [error.instancePath || '/'];
}

export function fieldProblems(errors: readonly SchemaError[]): FieldProblem[] {
  const found = new Map<string, FieldProblem>();
  for (const error of errors) {
    for (const path of placesOf(error)) {
      if (!found.has(path)) found.set(path, { path, messages: sentences[error.keyword] ?? anythingElse });
    }
  }
  return [...found.values()].slice(0, 20);
}

/**
 * JSON bodies are taken as they are; addresses and queries are text, so numbers and booleans are read from it.
 * An address whose parts cannot be what they stand for names nothing that exists.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  const fromText = httpPart !== 'body';
  return (input: unknown) => {
    const value = Value.Default(schema, fromText ? Value.Convert(schema, input) : input);
    if (validator.Check(value)) return { value };
    const code = httpPart === 'params' ? 'not_found' : 'invalid_input';
    return { error: new AppError(code, { fields: fieldProblems([...validator.Errors(value)]) }) };
  };
};
