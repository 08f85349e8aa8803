#pragma once
// The few file operations that an append-only record needs, each checked. Any thread; one file by one owner.
#include "core/result.h"

#include <string>
#include <vector>

namespace andon::journal
{

/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// An open file descriptor.
class File
{
public:
    File() = default;
    ~File();
    File(File &&other) noexcept;
    File &operator=(File &&other) noexcept;
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    /// Never follows a symbolic link; new files are 0600. Storage with the system's words on failure.
    [[nodiscard]] static core::Result<File> open(const std::string &path, int flags);
    [[nodiscard]] core::Result<void> lock() const; ///< exclusive, waits; released by closing
    [[nodiscard]] core::Result<std::int64_t> size() const;
    [[nodiscard]] core::Result<std::string> read(std::int64_t from, std::int64_t count) const; ///< exactly
    [[nodiscard]] core::Result<void> write(std::int64_t at, std::string_view bytes) const; ///< all of them
    [[nodiscard]] core::Result<void> truncate(std::int64_t size) const;
    [[nodiscard]] core::Result<void> sync() const; ///< on the disk when it returns
    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    int m_descriptor = -1;
    std::string m_path;
};

/// Makes the folder (0700) when it is not there. Storage when it is a link, somebody else's, or open to others.
[[nodiscard]] core::Result<void> makePrivateFolder(const std::string &path);
[[nodiscard]] core::Result<void> syncFolder(const std::string &path);
/// Names in a folder that have the form "000001.jsonl", in order.
[[nodiscard]] core::Result<std::vector<std::string>> journalFiles(const std::string &path);

} // namespace andon::journal
