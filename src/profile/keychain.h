#pragma once
// The desktop's keychain (libsecret through QtKeychain). Each call blocks on a thread of its own event loop, at most
// 5 s: worker threads and command-line programs only.
#include "core/result.h"

#include <optional>
#include <string>

namespace andon::profile
{

/// Who links andon_profile brings these: the library andon_keychain, or a module.
/// nullopt: no such entry. Storage with the hint "no-keychain" when there is none or it is locked.
[[nodiscard]] core::Result<std::optional<std::string>> readKeychain(const std::string &key);
[[nodiscard]] core::Result<void> writeKeychain(const std::string &key, const std::string &value);
void removeKeychain(const std::string &key);

} // namespace andon::profile
