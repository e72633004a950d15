//! One term for one thing in each language: what the vendors' manuals and the people of the field say, and the words
//! that were once beside it.

use super::typography::value;
use super::{Finding, Source};

/// What a language does not say, and what it says instead.
struct Language {
    file: &'static str,
    /// Small letters; a term that ends with `*` may go on.
    terms: &'static [(&'static str, &'static str)],
}

const LANGUAGES: &[Language] = &[
    Language {
        file: "ui/locales/en.ftl",
        terms: &[
            ("way out", "proxy"),
            ("ask now", "poll now"),
            ("asking", "polling"),
            ("mend*", "correct, fix"),
            ("in clear", "plain-text"),
            ("a yes", "to accept, to review"),
            ("somebody in between", "an interception"),
            ("as they come", "reset to default"),
            ("the chain", "log intact, entry altered"),
            ("begins anew", "restarting"),
            ("under way", "in progress"),
            ("read again", "reload"),
            ("stays as it is", "unchanged"),
            ("withdraw*", "remove"),
            ("nobody knows", "not found"),
            ("another look", "check the highlighted fields"),
            ("thrown away", "deleted"),
            ("present password", "current password"),
            ("id", "ID"),
        ],
    },
    Language {
        file: "ui/locales/fr.ftl",
        terms: &[
            ("balise*", "étiquette; libellé for what accounts carry"),
            ("inaccessible*", "injoignable"),
            ("travaux", "tâches"),
            ("travail annulé", "tâche annulée"),
            ("effacée", "résolue"),
            ("appareil*", "périphérique"),
            ("volet*", "panneau"),
            ("affecté*", "assigné"),
            ("sans lendemain", "supprimé à la fermeture"),
            ("tête", "empreinte finale"),
            ("mots de passe mémorisés", "historique des mots de passe"),
            ("interroger maintenant", "actualiser"),
            ("votre accord", "accepter, examiner"),
            ("second facteur", "authentification à deux facteurs"),
            ("signes", "symboles"),
        ],
    },
    Language {
        file: "ui/locales/ja.ftl",
        terms: &[
            ("未接続", "未確認"),
            ("接続なし", "接続不可; 接続せずに"),
            ("応答なし", "到達不能"),
            ("問い合わせ", "更新, ポーリング"),
            ("版で", "バージョン"),
            ("取り除", "削除, 解除"),
            ("リセラー", "販売代理店"),
            ("第 2 要素", "2 要素認証"),
            ("先頭のハッシュ", "最新のハッシュ"),
            ("チェーン", "改ざん"),
            ("更新の権限", "アップグレードの権限"),
            ("クリア済み", "解消済み"),
            ("機器", "デバイス"),
            ("資格情報", "認証情報"),
            ("作業中", "処理"),
            ("の作業", "処理"),
            ("担当者なし", "担当オペレーターなし"),
            ("デフォルト", "既定"),
            ("お試しください", "再試行してください"),
        ],
    },
];

/// The keychains of operating systems and their chains of certificates are called so; nothing else is exempt.
const NAMES_OF_OTHERS: &[&str] = &["キーチェーン"];

/// Looks at every language.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let Some(language) = LANGUAGES.iter().find(|language| language.file == source.name) else {
            continue;
        };
        for (number, line) in source.text.lines().enumerate() {
            for (term, instead) in value(line).map_or(Vec::new(), |text| said(&text, language.terms)) {
                findings.push(Finding::at(
                    &source.name,
                    number + 1,
                    format!("says `{}`: the term is {instead}", term.trim_end_matches('*')),
                ));
            }
        }
    }
    findings
}

/// The terms that a text should not have.
fn said<'terms>(text: &str, terms: &'terms [(&'terms str, &'terms str)]) -> Vec<(&'terms str, &'terms str)> {
    let mut text = text.to_owned();
    for name in NAMES_OF_OTHERS {
        text = text.replace(name, "");
    }
    let small = text.to_lowercase();
    terms
        .iter()
        .filter(|(term, instead)| {
            // What is wrong only in its capitals: `id` and `ID`.
            let is_about_capitals = instead.to_lowercase() == *term;
            holds(if is_about_capitals { &text } else { &small }, term)
        })
        .copied()
        .collect()
}

/// Whether the term stands in the text: in letters of the alphabet as whole words.
fn holds(text: &str, term: &str) -> bool {
    let (word, goes_on) = match term.strip_suffix('*') {
        Some(beginning) => (beginning, true),
        None => (term, false),
    };
    // Of the Latin alphabet; a hyphen makes another word: *en-tête*.
    let is_letter = |character: char| character == '-' || character.is_alphabetic() && character < '\u{250}';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_letter) && (goes_on || !after.is_some_and(is_letter))
    })
}

#[cfg(test)]
mod tests {
    use super::super::scratch::broken;
    use super::*;

    /// GEN-05: a term of each language that was said in two ways.
    #[test]
    fn two_terms() {
        for (file, from, to, found) in [
            (
                "ui/locales/fr.ftl",
                "hello = Bonjour\u{202f}!\n",
                "hello = Balises\n",
                "fr.ftl:1: says `balise`: the term is étiquette",
            ),
            (
                "ui/locales/ja.ftl",
                "hello = こんにちは。\n",
                "hello = リセラー\n",
                "ja.ftl:1: says `リセラー`: the term is 販売代理店",
            ),
        ] {
            let findings = broken(file, from, to);
            assert_eq!(findings.len(), 1, "{findings:?}");
            assert!(findings[0].contains(found), "{findings:?}");
        }
    }

    /// Whole words, in any case; what only looks alike is free.
    #[test]
    fn words_and_parts_of_words() {
        let english = LANGUAGES[0].terms;
        for text in [
            "Fields to be mended",
            "The chain is whole",
            "Passwords in clear.",
            "Its id is kept",
        ] {
            assert_eq!(said(text, english).len(), 1, "{text}");
        }
        for text in [
            "A recommended value",
            "The keychain",
            "Clear the filter in clearing",
            "Its ID is kept",
            "Invalid, did, valid",
            "Masking",
            "user-id-list",
        ] {
            assert!(said(text, english).is_empty(), "{text}");
        }
        let japanese = LANGUAGES[2].terms;
        assert!(said("システムのキーチェーン", japanese).is_empty());
        assert_eq!(said("行を取り除いてください", japanese).len(), 1);
    }
}
