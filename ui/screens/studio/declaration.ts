import type { AiDeclaration, aiDeclarations } from '../../../server/contract/lists.js';

/** What whoever brings a file in says about it. */
export interface Declaration {
  aiDeclaration: AiDeclaration | null;
  aiTool: string;
  rights: string;
  credit: string;
}

export const nothingDeclared: Declaration = { aiDeclaration: null, aiTool: '', rights: '', credit: '' };

export function isComplete({ aiDeclaration, rights }: Declaration): boolean {
  return aiDeclaration !== null && rights.trim() !== '';
}

/** The texts of the choices: `t(aiWords[code])`. */
export const aiWords = {
  none: 'aiNone',
  enhanced: 'aiEnhanced',
  composite: 'aiComposite',
  generated: 'aiGenerated',
} as const satisfies Readonly<Record<(typeof aiDeclarations)[number], string>>;

/** As text fields of the upload form. */
export function declarationFields(declaration: Declaration): Record<string, string | undefined> {
  const { aiDeclaration, aiTool, rights, credit } = declaration;
  const used = aiDeclaration !== null && aiDeclaration !== 'none';
  return {
    aiDeclaration: aiDeclaration ?? undefined,
    aiTool: used ? aiTool.trim() : undefined,
    rights: rights.trim(),
    credit: credit.trim(),
  };
}
