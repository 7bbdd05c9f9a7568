//! A pipeline's text inside an address: readable, and without what a fragment must not hold.

/// Spaces become `+`, the bar between stages `/`, everything unusual `%XX`.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, stage) in text.split(" | ").enumerate() {
        if i > 0 {
            out.push('/');
        }
        for byte in stage.bytes() {
            match byte {
                b' ' => out.push('+'),
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(byte.into()),
                b'-' | b'.' | b'_' | b'~' | b'!' | b'*' | b'(' | b')' | b',' | b';' | b':' | b'=' | b'@' => {
                    out.push(byte.into());
                }
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    out
}

/// The inverse of [`escape`], or where it fails.
pub fn unescape(text: &str) -> Result<String, usize> {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'+' => out.push(b' '),
            b'/' => out.extend(b" | "),
            b'%' => {
                let hex = text.get(i + 1..i + 3).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
                out.push(u8::from_str_radix(hex.ok_or(i)?, 16).map_err(|_| i)?);
                i += 2;
            }
            byte => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8(out).map_err(|e| e.utf8_error().valid_up_to().min(text.len().saturating_sub(1)))
}
