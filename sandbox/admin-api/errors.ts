/** graphql-js' complaints in Shopify's words, with Shopify's `extensions.code`. */

import type { GraphQLError, GraphQLFormattedError } from 'graphql';

type Words = [message: string, extensions: Record<string, unknown>];

const bare = (type = '') => type.replace(/[![\]]/g, '');

const RULES: [RegExp, (m: RegExpExecArray) => Words][] = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    ([, field, type]) => [
      `Field '${field}' doesn't exist on type '${type}'`,
      { code: 'undefinedField', typeName: type, fieldName: field },
    ],
  ],
  [
    /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/,
    ([, argument, field]) => [
      `Field '${field}' doesn't accept argument '${argument}'`,
      { code: 'argumentNotAccepted', name: field, typeName: 'Field', argumentName: argument },
    ],
  ],
  [
    /^Field "(\w+)" argument "(\w+)" of type "[^"]+" is required/,
    ([, field, argument]) => [
      `Field '${field}' is missing required arguments: ${argument}`,
      { code: 'missingRequiredArguments', className: 'Field', name: field, arguments: argument },
    ],
  ],
  [
    /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/,
    ([, field, type]) => [
      `Field must have selections (field '${field}' returns ${bare(type)} but has no selections. Did you mean '${field} { ... }'?)`,
      { code: 'selectionMismatch', nodeName: `field '${field}'`, typeName: bare(type) },
    ],
  ],
  [
    /^Field "(\w+)" must not have a selection since type "([^"]+)" has no subfields/,
    ([, field, type]) => [
      `Selections can't be made on scalars (field '${field}' returns ${bare(type)} but has selections)`,
      { code: 'selectionMismatch', nodeName: `field '${field}'`, typeName: bare(type) },
    ],
  ],
  [
    /^Variable "\$(\w+)" is not defined(?: by operation "(\w+)")?/,
    ([, name, operation]) => [
      `Variable $${name} is used by ${operation ?? 'anonymous query'} but not declared`,
      { code: 'variableNotDefined', variableName: name },
    ],
  ],
  [
    /^Variable "\$(\w+)" is never used(?: in operation "(\w+)")?/,
    ([, name, operation]) => [
      `Variable $${name} is declared by ${operation ?? 'anonymous query'} but not used`,
      { code: 'variableNotUsed', variableName: name },
    ],
  ],
  [
    /^Variable "\$(\w+)" of type "([^"]+)" used in position expecting type "([^"]+)"/,
    ([, name, type, wanted]) => [
      `Type mismatch on variable $${name} and argument (${type} / ${wanted})`,
      { code: 'variableMismatch', variableName: name, typeName: type },
    ],
  ],
  [
    /^Unknown type "(\w+)"/,
    ([, type]) => [
      `${type} isn't a defined input type (on $variable)`,
      { code: 'variableRequiresValidType', typeName: type },
    ],
  ],
  [
    /^Unknown fragment "(\w+)"/,
    ([, name]) => [
      `Fragment ${name} was used, but not defined`,
      { code: 'useAndDefineFragment', fragmentName: name },
    ],
  ],
  [
    /^Fragment "(\w+)" is never used/,
    ([, name]) => [
      `Fragment ${name} was defined, but not used`,
      { code: 'useAndDefineFragment', fragmentName: name },
    ],
  ],
  [
    /^Fragment (?:"\w+" )?cannot be spread here as objects of type "(\w+)" can never be of type "(\w+)"/,
    ([, parent, type]) => [
      `Fragment on ${type} can't be spread inside ${parent}`,
      {
        code: 'cannotSpreadFragment',
        typeName: 'InlineFragment',
        parentName: parent,
        fragmentName: 'unknown',
      },
    ],
  ],
  [
    /^Variable "\$(\w+)" (?:got invalid value|of required type|of non-null type)(.*)$/s,
    ([, name, rest = '']) => [
      `Variable $${name} was provided invalid value (${rest.split('; ').slice(1).join('; ') || 'Expected value to not be null'})`,
      { code: 'INVALID_VARIABLE', problems: [{ path: [], explanation: rest.trim() }] },
    ],
  ],
  [
    /^(?:Expected value of type|Value .* does not exist in|Enum ".*" cannot represent|\w+ cannot represent)(.*)$/s,
    (m) => [
      `Argument has an invalid value. ${m[0]}.`,
      { code: 'argumentLiteralsIncompatible', typeName: 'Field' },
    ],
  ],
];

/** As it stands in `errors` of the answer. `operation` begins the path of a document that was refused. */
export function shopifyError(error: GraphQLError, operation?: string): GraphQLFormattedError {
  const place = error.locations ? { locations: error.locations } : {};
  for (const [pattern, words] of RULES) {
    const match = pattern.exec(error.message);
    if (!match) continue;
    const [message, extensions] = words(match);
    const path = operation ? [operation, ...nameOf(error)] : error.path;
    return { message, ...place, ...(path && { path }), extensions };
  }
  return {
    message: error.message,
    ...place,
    ...(error.path && { path: error.path }),
    ...(Object.keys(error.extensions).length > 0 && { extensions: error.extensions }),
  };
}

function nameOf(error: GraphQLError): string[] {
  const node = error.nodes?.[0];
  return node && 'name' in node && node.name ? [node.name.value] : [];
}
