#include "app/andonctl/manual.h"

#include <map>
#include <set>

namespace andon::ctl
{

namespace
{

using Words = std::set<std::string>;

constexpr const char *kScript = R"bash(# bash completion for andonctl, made of its command table
_andonctl()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=() i
    COMPREPLY=()
    case $previous in
        --profile) COMPREPLY=($(compgen -d -- "$current")); return ;;
        --secrets-file|--out|--from|--price-book) COMPREPLY=($(compgen -f -- "$current")); return ;;
    esac
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case ${COMP_WORDS[i]} in
            --profile|--site|--secrets-file) ((++i)) ;;
            -*) ;;
            *) words+=("${COMP_WORDS[i]}") ;;
        esac
    done
    if [[ $current != -* ]]; then
        if ((${#words[@]} == 0)); then
            COMPREPLY=($(compgen -W '@FIRST@' -- "$current"))
        elif ((${#words[@]} == 1)); then
            case ${words[0]} in
@SECOND@            esac
        fi
        return
    fi
    case "${words[0]} ${words[1]}" in
@OPTIONS@        *) COMPREPLY=($(compgen -W '@COMMON@' -- "$current")) ;;
    esac
}
complete -F _andonctl andonctl
)bash";

std::string joined(const Words &all)
{
    std::string out;
    for (const std::string &word : all)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

std::string choice(const std::string &indent, const std::string &pattern, const Words &all)
{
    return indent + pattern + ") COMPREPLY=($(compgen -W '" + joined(all) + "' -- \"$current\")) ;;\n";
}

Words names(const std::vector<Option> &options)
{
    Words all;
    for (const Option &option : options)
        all.insert("--" + option.name.toStdString());
    return all;
}

void put(std::string &text, const std::string &mark, const std::string &value)
{
    text.replace(text.find(mark), mark.size(), value);
}

} // namespace

std::string bashCompletion(const std::vector<Command> &commands)
{
    Words first;
    std::map<std::string, Words> second;
    std::string options; // of two words before those of one, whose pattern holds for every second word
    std::string ofOne;
    for (const Command &command : commands) {
        const std::string name = command.name.toStdString();
        const std::string begin = name.substr(0, name.find(' '));
        first.insert(begin);
        Words all = names(commonOptions());
        all.merge(names(command.options));
        if (begin == name) {
            ofOne += choice("        ", "'" + name + " '*", all);
        } else {
            second[begin].insert(name.substr(begin.size() + 1));
            options += choice("        ", "'" + name + "'", all);
        }
    }
    std::string seconds;
    for (const auto &[name, all] : second)
        seconds += choice("                ", name, all);
    std::string script = kScript;
    put(script, "@FIRST@", joined(first));
    put(script, "@SECOND@", seconds);
    put(script, "@OPTIONS@", options + ofOne);
    put(script, "@COMMON@", joined(names(commonOptions())));
    return script;
}

} // namespace andon::ctl
