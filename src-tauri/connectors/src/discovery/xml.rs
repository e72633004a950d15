//! XML from the network, into a small tree with limits on everything (SEC-04). Pure.
//!
//! Names are taken without their namespaces: devices use old and new ones of the same standard, and sometimes the wrong
//! ones. A document type is refused, so there are no entities but those of XML itself.
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// Longest document.
pub(super) const LONGEST: usize = 64 * 1024;
const DEEPEST: usize = 16;
const MOST_ELEMENTS: usize = 4096;

/// An element with what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// The first child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children(name).next()
    }

    /// All children of that name.
    pub(super) fn children(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of that name, without space around it; empty where there is none.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }

    /// The text directly in it.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }
}

/// The root of a document; none where it is no XML, or more than is read.
pub(super) fn read(bytes: &[u8]) -> Option<Element> {
    if bytes.len() > LONGEST {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim());
    // The first is no element: the root becomes its child.
    let mut open = vec![Element::default()];
    let mut elements = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                elements += 1;
                if open.len() > DEEPEST || elements > MOST_ELEMENTS {
                    return None;
                }
                open.push(named(&start));
            }
            Event::Empty(empty) => {
                elements += 1;
                if elements > MOST_ELEMENTS {
                    return None;
                }
                open.last_mut()?.children.push(named(&empty));
            }
            Event::End(_) => {
                let ended = open.pop()?;
                open.last_mut()?.children.push(ended);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = &mut open.last_mut()?.text;
                match reference.resolve_char_ref().ok()? {
                    Some(character) => text.push(character),
                    None => text.push_str(resolve_xml_entity(&reference)?),
                }
            }
            Event::DocType(_) => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    let document = open.pop().filter(|_| open.is_empty())?;
    let [root] = <[Element; 1]>::try_from(document.children).ok()?;
    Some(root)
}

fn named(start: &BytesStart<'_>) -> Element {
    Element {
        name: start.local_name().as_ref().to_string(),
        ..Element::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SEC-04: what is read, and where it ends.
    #[test]
    fn a_small_tree_with_limits() {
        let root = read(b"<a:r xmlns:a='x'>\n<b> 1 &amp; &#50;<![CDATA[<3>]]> </b><c/><b>4</b></a:r>")
            .expect("a tree");
        assert_eq!(
            (root.text_of("b"), root.text_of("c"), root.text_of("d")),
            ("1 & 2<3>", "", "")
        );
        assert_eq!(root.children("b").nth(1).map(Element::text), Some("4"));
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(read(nested(DEEPEST).as_bytes()).is_some() && read(nested(DEEPEST + 1).as_bytes()).is_none());
        let many = |count: usize| format!("<r>{}</r>", "<a/>".repeat(count));
        assert!(read(many(MOST_ELEMENTS - 1).as_bytes()).is_some());
        assert!(read(many(MOST_ELEMENTS).as_bytes()).is_none());
        for refused in [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "text",
            "<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>",
            "<r>&e;</r>",
        ] {
            assert_eq!(read(refused.as_bytes()), None, "{refused}");
        }
        assert_eq!(read(&[b' '; LONGEST + 1]), None);
    }
}
