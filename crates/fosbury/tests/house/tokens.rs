//! Rust read as tokens, so that comments and formatting never fool a guard.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The tokens of a file.
pub fn of(code: &str) -> Vec<TokenTree> {
    let stream: TokenStream = code.parse().expect("our own code can be read");
    stream.into_iter().collect()
}

/// The tokens of a piece that may not be Rust, such as what stands in a template's braces.
pub fn of_piece(code: &str) -> Vec<TokenTree> {
    code.parse::<TokenStream>()
        .map(|stream| stream.into_iter().collect())
        .unwrap_or_default()
}

/// Shows every run of tokens: the file's own and those inside each pair of brackets.
pub fn each_run(tokens: &[TokenTree], seen: &mut dyn FnMut(&[TokenTree])) {
    seen(tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            each_run(&inside(group), seen);
        }
    }
}

pub fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// Every identifier, in order.
pub fn identifiers(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_run(&of(code), &mut |run| {
        found.extend(run.iter().filter_map(identifier));
    });
    found
}

pub fn identifier(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

/// Every text literal, in order.
pub fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_run(&of(code), &mut |run| {
        found.extend(run.iter().filter_map(literal));
    });
    found
}

/// The value of a text literal, its escapes undone.
pub fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    let written = literal.to_string();
    syn::parse_str::<syn::LitStr>(&written)
        .ok()
        .map(|text| text.value())
}

/// The bodies of all functions, outermost first.
pub fn bodies(code: &str) -> Vec<Vec<TokenTree>> {
    let mut found = Vec::new();
    each_run(&of(code), &mut |run| {
        let mut is_open = false;
        for token in run {
            match token {
                TokenTree::Ident(name) if name == "fn" => is_open = true,
                TokenTree::Group(group) if is_open && group.delimiter() == Delimiter::Brace => {
                    found.push(inside(group));
                    is_open = false;
                }
                TokenTree::Punct(sign) if sign.as_char() == ';' => is_open = false,
                _ => {}
            }
        }
    });
    found
}

/// A call, by method or path: its name and its arguments, each a run of tokens.
pub struct Call {
    pub name: String,
    pub arguments: Vec<Vec<TokenTree>>,
}

impl Call {
    /// The argument at this place if it is a text and nothing else.
    pub fn text(&self, at: usize) -> Option<String> {
        let [only] = self.arguments.get(at)?.as_slice() else {
            return None;
        };
        literal(only)
    }
}

/// Every `name(…)` in a run and inside it, in order.
pub fn calls(tokens: &[TokenTree]) -> Vec<Call> {
    let mut found = Vec::new();
    collect_calls(tokens, &mut found);
    found
}

fn collect_calls(tokens: &[TokenTree], found: &mut Vec<Call>) {
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let name = at.checked_sub(1).and_then(|at| identifier(&tokens[at]));
        if let Some(name) = name
            && group.delimiter() == Delimiter::Parenthesis
        {
            let arguments = divided(&inside(group));
            found.push(Call { name, arguments });
        }
        collect_calls(&inside(group), found);
    }
}

fn divided(tokens: &[TokenTree]) -> Vec<Vec<TokenTree>> {
    tokens
        .split(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ','))
        .map(<[TokenTree]>::to_vec)
        .collect()
}
