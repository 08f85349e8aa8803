#pragma once
// The keychain is reached through a module beside the desktop: a start from the cache needs no secret.
#include "core/result.h"

#include <optional>
#include <string>

namespace andon::desktop
{

/// What the module exports, under these names.
using ReadKeychain = void(core::Result<std::optional<std::string>> &, const std::string &key);
using WriteKeychain = void(core::Result<void> &, const std::string &key, const std::string &value);
using RemoveKeychain = void(const std::string &key);
constexpr const char *kReadKeychain = "andonReadKeychain";
constexpr const char *kWriteKeychain = "andonWriteKeychain";
constexpr const char *kRemoveKeychain = "andonRemoveKeychain";

} // namespace andon::desktop
